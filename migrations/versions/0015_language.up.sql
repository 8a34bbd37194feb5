-- The language of a source's text (BCP 47). Null: it is not known; so it is for sources of earlier releases.
alter table sources add column language text;
