package dev.lockstep.parse.dialect;

import dev.lockstep.sql.TypeName;
import java.util.Optional;

/** Types of other databases, whose names PostgreSQL's grammar takes for those of user-defined ones. */
public final class ForeignTypes {

    private ForeignTypes() {}

    /** Whose type it is, and what PostgreSQL has in its place; absent for any other name. */
    public static Optional<ForeignSyntax> of(TypeName type) {
        if (type.schema().isPresent()) {
            return Optional.empty();
        }
        return switch (type.name()) {
            case "nvarchar", "ntext" -> is("SQL Server", type, "text, or varchar(n)");
            case "datetime2", "smalldatetime", "datetimeoffset" -> is("SQL Server", type, "timestamptz");
            case "uniqueidentifier" -> is("SQL Server", type, "uuid");
            case "image", "rowversion" -> is("SQL Server", type, "bytea");
            case "varbinary", "binary" -> is("SQL Server and MySQL", type, "bytea");
            case "datetime" -> is("MySQL and SQL Server", type, "timestamptz");
            case "tinyint" -> is("MySQL and SQL Server", type, isFlag(type) ? "boolean" : "smallint");
            case "mediumint" -> is("MySQL", type, "integer");
            case "tinytext", "mediumtext", "longtext" -> is("MySQL", type, "text");
            case "tinyblob", "blob", "mediumblob", "longblob" -> is("MySQL", type, "bytea");
            case "double" -> is("MySQL", type, "double precision");
            case "year" -> is("MySQL", type, "smallint");
            case "enum", "set" -> is("MySQL", type, "text with a CHECK, or CREATE TYPE … AS ENUM");
            case "varchar2", "nvarchar2" -> is("Oracle", type, "text, or varchar(n)");
            case "number" -> is("Oracle", type, "numeric, or bigint");
            case "clob", "nclob" -> is("Oracle", type, "text");
            case "raw", "bfile" -> is("Oracle", type, "bytea");
            case "binary_float" -> is("Oracle", type, "real");
            case "binary_double" -> is("Oracle", type, "double precision");
            default -> Optional.empty();
        };
    }

    /** MySQL's boolean is {@code tinyint(1)}. */
    private static boolean isFlag(TypeName type) {
        return type.modifiers().size() == 1 && type.modifiers().get(0) == 1;
    }

    private static Optional<ForeignSyntax> is(String dialect, TypeName type, String instead) {
        return Optional.of(new ForeignSyntax(dialect, type.name(), "Use " + instead));
    }
}
