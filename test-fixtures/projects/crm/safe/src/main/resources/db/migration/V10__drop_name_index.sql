-- Search by name goes through the search engine.
DROP INDEX CONCURRENTLY crm.ix_contact_name;
