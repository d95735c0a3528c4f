-- Half of the table was deleted in the clean-up last week.
REINDEX TABLE CONCURRENTLY crm.tb_activity;
