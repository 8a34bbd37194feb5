-- The role is kept: it belongs to the cluster, and other databases may use it.
drop table api_keys, evidence_entries, versions, facts, slots, snapshots, sources, concept_entries, concepts,
    company_identifiers, company_entries, companies, commits, log_head;
revoke usage on schema public from companyfacts_service;
