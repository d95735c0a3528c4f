-- Search by name goes through the search engine.
DROP INDEX crm.ix_contact_name;
