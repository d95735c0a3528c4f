package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.NameRules;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The names PostgreSQL makes up for indexes and constraints that are given none ({@code makeObjectName}, {@code ChooseIndexName} and
 * {@code ChooseConstraintName}).
 */
final class GeneratedNames {

    private GeneratedNames() {}

    /** {@code table_middle_label}, cut to fit; the label gets the first number that makes the name free. */
    static String choose(String table, String middle, String label, Predicate<String> isTaken) {
        String name = join(table, middle, label);
        for (int i = 1; isTaken.test(name); i++) {
            name = join(table, middle, label + i);
        }
        return name;
    }

    /** A name for an index (or sequence) of a table that no relation of its schema has, nor a constraint if it is to back one. */
    static String free(Catalog catalog, QualifiedName table, String middle, String label, boolean constraint) {
        return choose(table.name(), middle, label, name -> {
            QualifiedName qualified = new QualifiedName(table.schema(), name);
            return catalog.isRelation(qualified) || constraint && catalog.isConstraint(qualified);
        });
    }

    private static String join(String table, String middle, String label) {
        int room = NameRules.LONGEST - label.length() - 1 - (middle.isEmpty() ? 0 : 1);
        int first = NameRules.bytes(table);
        int second = NameRules.bytes(middle);
        while (first + second > room) {
            if (first > second) {
                first--;
            } else {
                second--;
            }
        }
        String stem = NameRules.cut(table, first);
        return (middle.isEmpty() ? stem : stem + "_" + NameRules.cut(middle, second)) + "_" + label;
    }

    /** The columns of a key, joined until they fill a name. */
    static String columns(List<String> columns) {
        StringBuilder joined = new StringBuilder();
        for (String column : columns) {
            if (NameRules.bytes(joined.toString()) > NameRules.LONGEST) {
                break;
            }
            joined.append(joined.isEmpty() ? "" : "_").append(column);
        }
        return joined.toString();
    }

    /** What the keys and included columns of an index are called; equal names are numbered. */
    static List<String> indexColumns(List<IndexKey> keys, List<String> included) {
        List<String> names = new ArrayList<>();
        for (IndexKey key : keys) {
            names.add(unlike(names, key.label()));
        }
        for (String column : included) {
            names.add(unlike(names, column));
        }
        return names;
    }

    private static String unlike(List<String> names, String wanted) {
        String name = wanted;
        for (int i = 1; names.contains(name); i++) {
            String number = String.valueOf(i);
            name = NameRules.cut(wanted, NameRules.LONGEST - number.length()) + number;
        }
        return name;
    }

    /** The column a CHECK is named after: the only one its condition uses. */
    static String onlyColumn(Expression condition) {
        Set<String> used = Expressions.columns(condition);
        return used.size() == 1 ? used.iterator().next() : "";
    }
}
