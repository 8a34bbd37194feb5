-- fragment: company_state
-- The present state of company c with parent p, in the order of `CompanyRow` (service/store/companies.py).
c.company, c.slug, c.name, c.aliases, c.identifiers::text as identifiers, c.country, p.slug as parent, c.position,
    c.recorded_at, c.profile::text as profile

-- name: companies_with_ancestors
-- The present state of companies by slug or key, and of all their ancestors.
with recursive wanted as (
    select company from companies where slug = any($1::text[]) or company = any($2::bigint[])
    union
    select c.parent from wanted w join companies c using (company) where c.parent is not null
)
select {company_state:}
from wanted w join companies c using (company) left join companies p on p.company = c.parent;

-- name: children
-- Direct subsidiaries of companies, by slug.
select p.slug as parent, c.slug from companies p join companies c on c.parent = p.company where p.slug = any($1::text[]);

-- name: identifier_owners
-- The present holders of identifiers.
select i.scheme, i.value, i.company, c.slug
from unnest($1::text[], $2::text[]) as asked (scheme, value)
join company_identifiers i on i.scheme = asked.scheme and i.value = asked.value and i.until is null
join companies c using (company);

-- name: resolve_identifier
-- The company that held identifier $1:$2 at position $3.
select c.company, c.slug
from company_identifiers i join companies c using (company)
where i.scheme = $1 and i.value = $2 and i.since <= $3 and (i.until is null or i.until > $3);

-- name: ticker_holders
-- The companies that held these tickers at position $2.
select i.value, c.slug
from company_identifiers i join companies c using (company)
where i.scheme = 'ticker' and i.value = any($1::text[]) and i.since <= $2 and (i.until is null or i.until > $2);

-- name: tickers_from
-- Tickers at position $2 that begin with $1.
select i.value from company_identifiers i
where i.scheme = 'ticker' and i.value >= $1 and i.value < $1 || '~' and i.since <= $2 and (i.until is null or i.until > $2)
order by i.value limit 1000;

-- name: insert_company
-- Inserts a new company.
insert into companies (company, slug, name, aliases, identifiers, country, parent, position, recorded_at, profile)
values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10::text::jsonb);

-- name: update_company
-- Replaces the description of a company; its slug and key stay.
update companies
set name = $2, aliases = $3, identifiers = $4::text::jsonb, country = $5, parent = $6, position = $7, recorded_at = $8,
    profile = $9::text::jsonb
where company = $1;

-- name: insert_company_entry
-- Inserts a log entry with the description of a company.
insert into company_entries (company, position, recorded_at, description, parent) values ($1, $2, $3, $4, $5);

-- name: open_identifier
-- Inserts an identifier of a company, valid from position $4.
insert into company_identifiers (scheme, value, company, since) values ($1, $2, $3, $4);

-- name: close_identifier
-- Ends the validity of a company's identifier at position $4.
update company_identifiers set until = $4 where scheme = $1 and value = $2 and company = $3 and until is null;

-- name: company_page
-- A company with its parent and children.
select c.slug, c.name, c.aliases, c.identifiers::text as identifiers, c.country, p.slug as parent,
    coalesce((select array_agg(k.slug order by k.slug) from companies k where k.parent = c.company), '{}') as children,
    c.profile::text as profile, c.recorded_at, c.position
from companies c left join companies p on p.company = c.parent
where c.company = $1;

-- fragment: told_company
-- Companies c with parent and children, in the columns of a company's answer.
select c.slug, c.name, c.aliases, c.identifiers::text as identifiers, c.country, p.slug as parent,
    coalesce((select array_agg(k.slug order by k.slug) from companies k where k.parent = c.company), '{}') as children,
    c.profile::text as profile, c.recorded_at, c.position
from companies c left join companies p on p.company = c.parent

-- name: largest_companies
-- The $1 companies with most facts, each with their number.
with counted as (select slug, count(*) as facts from facts group by slug order by facts desc, slug limit $1)
select told.*, counted.facts from counted join ({told_company:}) told using (slug) order by counted.facts desc, slug;

-- name: company_list
-- Companies after slug $1; with $2, only those whose slug, name or alias contains it or with that identifier.
{told_company:}
where c.slug > $1
    and ($2::text is null
        or strpos(lower(c.slug), $2) > 0 or strpos(lower(c.name), $2) > 0
        or exists (select from unnest(c.aliases) a where strpos(lower(a), $2) > 0)
        or exists (select from jsonb_each_text(c.identifiers) i where lower(i.value) = $2))
order by c.slug limit $3;

-- name: family
-- Descriptions, at position $2, of a company, its parent and its children at that position.
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
-- Whether a company was recorded at or before a position.
select exists (select from company_entries where company = $1 and position <= $2);

-- name: company_entries_at
-- Company descriptions recorded at these positions.
select position, description from company_entries where position = any($1::bigint[]);

-- name: said_of_companies
-- The recorded descriptions of companies that say what is asked, oldest first. As jsonb the order of fields does not matter.
with asked as (select distinct slug, description::jsonb as said from unnest($1::text[], $2::text[]) as a (slug, description))
select c.slug, e.position, e.description
from companies c join company_entries e using (company)
join asked on asked.slug = c.slug and asked.said = convert_from(e.description, 'UTF8')::jsonb
where c.slug = any($1::text[])
order by e.position;
