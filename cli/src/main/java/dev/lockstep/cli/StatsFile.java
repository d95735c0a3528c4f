package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.engine.TableSizes;
import dev.lockstep.engine.TableSizes.Size;
import dev.lockstep.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The file of {@code --stats}: what one query on {@code pg_class} prints, as docs/table-sizes.md has it. */
final class StatsFile {

    private static final List<String> KEYS = List.of("schema", "table", "rows", "bytes");

    private final String name;
    private final JsonParser json;

    private StatsFile(String name, JsonParser json) {
        this.name = name;
        this.json = json;
    }

    static TableSizes read(String name, Environment environment) {
        try (JsonParser json = new JsonFactory()
                .createParser(Files.readAllBytes(environment.directory().resolve(name)))) {
            return new StatsFile(name, json).sizes();
        } catch (JsonParseException notJson) {
            throw new UserError("--stats " + Printable.of(name) + ":"
                    + notJson.getLocation().getLineNr() + ": not JSON: "
                    + Printable.onOneLine(notJson.getOriginalMessage()));
        } catch (NoSuchFileException | InvalidPathException missing) {
            throw new UserError("--stats " + Printable.of(name) + ": no such file");
        } catch (IOException failed) {
            throw new UserError("--stats " + Printable.of(name) + ": could not be read: "
                    + Printable.of(String.valueOf(failed.getMessage())));
        }
    }

    private TableSizes sizes() throws IOException {
        Map<QualifiedName, Size> sizes = new HashMap<>();
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_ARRAY) {
            throw wrong("a list of tables is wanted");
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            add(sizes);
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw wrong("a table is wanted: {\"schema\", \"table\", \"rows\", \"bytes\"}");
        }
        return new TableSizes(sizes);
    }

    private void add(Map<QualifiedName, Size> sizes) throws IOException {
        Map<String, String> texts = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            if (!KEYS.contains(key)) {
                throw wrong("there is no key " + key + Nearest.hint(key, KEYS));
            }
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT) {
                numbers.put(key, json.getLongValue());
            } else if (value == JsonToken.VALUE_STRING) {
                texts.put(key, json.getText());
            } else {
                throw wrong(key + " takes a name or a whole number");
            }
        }
        String schema = texts.remove("schema");
        String table = texts.remove("table");
        Long bytes = numbers.get("bytes");
        if (schema == null || table == null || bytes == null || !texts.isEmpty()) {
            throw wrong("a table needs its schema and table as text, and its bytes as a number");
        }
        long rows = numbers.getOrDefault("rows", -1L);
        sizes.put(
                new QualifiedName(schema, table),
                new Size(rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows), bytes));
    }

    private UserError wrong(String what) {
        return new UserError("--stats " + Printable.of(name) + ":"
                + json.currentTokenLocation().getLineNr() + ": " + Printable.onOneLine(what));
    }
}
