package dev.lockstep.catalog;

import java.util.List;
import java.util.Map;

/** A value that code is known to work with. */
sealed interface Constant {

    /** Stands in a text for a part that is not known; PostgreSQL reads it as a letter of an identifier. */
    String UNKNOWN_PART = "…";

    record Text(String text) implements Constant {

        /** Whether no part of it is unknown. */
        boolean isWhole() {
            return !text.contains(UNKNOWN_PART);
        }
    }

    record Null() implements Constant {}

    record Array(List<Constant> elements) implements Constant {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /** A row by its columns' names. */
    record Row(Map<String, Constant> fields) implements Constant {
        public Row {
            fields = Map.copyOf(fields);
        }
    }

    /** An object of the catalog by its identity: {@code 'orders'::regclass}. */
    record Reference(QualifiedName name) implements Constant {}

    Constant TRUE = new Text("true");

    Constant FALSE = new Text("false");

    static Constant of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
