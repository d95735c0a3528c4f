package dev.lockstep.sql;

import java.util.Locale;

/** The kinds of database object a statement can name, in PostgreSQL's words. */
public enum ObjectKind {
    AGGREGATE,
    COLUMN,
    COLLATION,
    CONVERSION,
    DATABASE,
    DOMAIN,
    DOMAIN_CONSTRAINT,
    EXTENSION,
    FOREIGN_TABLE,
    FUNCTION,
    INDEX,
    MATERIALIZED_VIEW,
    POLICY,
    PROCEDURE,
    PUBLICATION,
    ROLE,
    RULE,
    SCHEMA,
    SEQUENCE,
    STATISTICS,
    SUBSCRIPTION,
    TABLE,
    TABLE_CONSTRAINT,
    TABLESPACE,
    TRIGGER,
    TYPE,
    TYPE_ATTRIBUTE,
    VIEW,
    OTHER;

    /** As SQL spells it, in capitals. */
    public String sql() {
        return name().replace('_', ' ');
    }

    /** As prose spells it. */
    public String words() {
        return sql().toLowerCase(Locale.ROOT);
    }
}
