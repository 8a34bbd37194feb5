-- The first position and day of a fact, and whether several publishers asserted it. A read at an earlier time skips facts
-- by these columns, and looks for disputes only among contested facts.
alter table facts
    add column first_position bigint,
    add column first_known date,
    add column contested boolean;
update facts f set first_position = v.first_position, first_known = v.first_known, contested = v.contested
from (
    select company, fact, min(position) as first_position, min(known_at) as first_known,
        count(distinct coalesce(publisher, 'u.s. securities and exchange commission')) > 1 as contested
    from versions where retracts is null group by company, fact
) v
where v.company = f.company and v.fact = f.id;
alter table facts
    alter column first_position set not null,
    alter column first_known set not null,
    alter column contested set not null;

drop index facts_disputed;
create index facts_contested on facts (slug) where contested;
