package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.Optional;

/** The possibly schema-qualified name of a table, index or other object. */
public record ObjectName(Optional<String> schema, String name, Span span) {

    /** As one would write it: {@code crm.contact} or {@code contact}. */
    @Override
    public String toString() {
        return schema.map(prefix -> prefix + "." + name).orElse(name);
    }
}
