package dev.lockstep.sql;

import java.util.Locale;

/** The kinds of database object a statement can name, in PostgreSQL's words. */
public enum ObjectKind {
    ACCESS_METHOD,
    AGGREGATE,
    CAST,
    COLUMN,
    COLLATION,
    CONVERSION,
    DATABASE,
    DEFAULT_PRIVILEGES,
    DOMAIN,
    DOMAIN_CONSTRAINT,
    EVENT_TRIGGER,
    EXTENSION,
    FOREIGN_DATA_WRAPPER,
    FOREIGN_SERVER,
    FOREIGN_TABLE,
    FUNCTION,
    INDEX,
    LANGUAGE,
    LARGE_OBJECT,
    MATERIALIZED_VIEW,
    OPERATOR,
    OPERATOR_CLASS,
    OPERATOR_FAMILY,
    PARAMETER,
    POLICY,
    PROCEDURE,
    PUBLICATION,
    ROLE,
    ROUTINE,
    RULE,
    SCHEMA,
    SEQUENCE,
    STATISTICS,
    SUBSCRIPTION,
    SYSTEM,
    TABLE,
    TABLE_CONSTRAINT,
    TABLESPACE,
    TEXT_SEARCH_CONFIGURATION,
    TEXT_SEARCH_DICTIONARY,
    TEXT_SEARCH_PARSER,
    TEXT_SEARCH_TEMPLATE,
    TRANSFORM,
    TRIGGER,
    TYPE,
    TYPE_ATTRIBUTE,
    USER_MAPPING,
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
