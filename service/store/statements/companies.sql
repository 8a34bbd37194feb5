-- name: companies_with_ancestors
-- Companies by slug or by key, as they are now, with all that they belong to.
with recursive wanted as (
    select company from companies where slug = any($1::text[]) or company = any($2::bigint[])
    union
    select c.parent from wanted w join companies c using (company) where c.parent is not null
)
select c.company, c.slug, c.name, c.aliases, c.identifiers::text as identifiers, c.country, p.slug as parent, c.position,
    c.recorded_at, c.profile::text as profile
from wanted w join companies c using (company) left join companies p on p.company = c.parent;

-- name: children
-- The companies that belong to these.
select p.slug as parent, c.slug from companies p join companies c on c.parent = p.company where p.slug = any($1::text[]);

-- name: identifier_owners
-- The companies that hold these identifiers now.
select i.scheme, i.value, i.company, c.slug
from unnest($1::text[], $2::text[]) as asked (scheme, value)
join company_identifiers i on i.scheme = asked.scheme and i.value = asked.value and i.until is null
join companies c using (company);

-- name: resolve_identifier
-- The company that held an identifier at a position.
select c.company, c.slug
from company_identifiers i join companies c using (company)
where i.scheme = $1 and i.value = $2 and i.since <= $3 and (i.until is null or i.until > $3);

-- name: insert_company
-- A company met for the first time.
insert into companies (company, slug, name, aliases, identifiers, country, parent, position, recorded_at, profile)
values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10::text::jsonb);

-- name: update_company
-- A company described anew; its slug and key stay.
update companies
set name = $2, aliases = $3, identifiers = $4::text::jsonb, country = $5, parent = $6, position = $7, recorded_at = $8,
    profile = $9::text::jsonb
where company = $1;

-- name: insert_company_entry
-- What was said of the company, for the log.
insert into company_entries (company, position, recorded_at, description, parent) values ($1, $2, $3, $4, $5);

-- name: open_identifier
-- From this position the identifier names the company.
insert into company_identifiers (scheme, value, company, since) values ($1, $2, $3, $4);

-- name: close_identifier
-- From this position it no longer does.
update company_identifiers set until = $4 where scheme = $1 and value = $2 and company = $3 and until is null;

-- name: company_page
-- A company with its parent and children.
select c.slug, c.name, c.aliases, c.identifiers::text as identifiers, c.country, p.slug as parent,
    coalesce((select array_agg(k.slug order by k.slug) from companies k where k.parent = c.company), '{}') as children,
    c.profile::text as profile, c.recorded_at, c.position
from companies c left join companies p on p.company = c.parent
where c.company = $1;

-- name: company_list
-- Companies by slug, after one, whose slug, name, alias or identifier contains the words asked for.
select c.slug, c.name, c.aliases, c.identifiers::text as identifiers, c.country, p.slug as parent,
    coalesce((select array_agg(k.slug order by k.slug) from companies k where k.parent = c.company), '{}') as children,
    c.profile::text as profile, c.recorded_at, c.position
from companies c left join companies p on p.company = c.parent
where c.slug > $1
    and ($2::text is null
        or strpos(lower(c.slug), $2) > 0 or strpos(lower(c.name), $2) > 0
        or exists (select from unnest(c.aliases) a where strpos(lower(a), $2) > 0)
        or exists (select from jsonb_each_text(c.identifiers) i where lower(i.value) = $2))
order by c.slug limit $3;

-- name: family
-- What was said of a company by a position, of the one it then belonged to, and of those that then belonged to it.
with latest as (
    select distinct on (e.company) e.company, e.parent, e.description from company_entries e
    where e.position <= $2
        and e.company in (
            select $1
            union select parent from company_entries where company = $1
            union select company from company_entries where parent = $1)
    order by e.company, e.position desc
)
select company, description from latest
where company = $1 or parent = $1 or company = (select parent from latest where company = $1);

-- name: company_known
-- Whether a company was recorded by a position.
select exists (select from company_entries where company = $1 and position <= $2);

-- name: company_entries_at
-- What was said of companies at these positions.
select position, description from company_entries where position = any($1::bigint[]);

-- name: said_of_companies
-- What was ever said of companies, oldest first.
select c.slug, e.position, e.description
from companies c join company_entries e using (company)
where c.slug = any($1::text[])
order by e.position;
