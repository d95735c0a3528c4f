package dev.lockstep.cli.config;

import dev.lockstep.cli.config.Yaml.Mapping;
import dev.lockstep.cli.config.Yaml.Scalar;
import dev.lockstep.cli.config.Yaml.Sequence;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.text.Nearest;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration file; every complaint names its line. */
public final class ConfigurationFile {

    public static final String NAME = "lockstep.yml";

    private final String shown;
    private final Optional<Yaml> document;

    private ConfigurationFile(String shown, Optional<Yaml> document) {
        this.shown = shown;
        this.document = document;
    }

    /** A value and where it stands. */
    public record Value(String text, int line) {}

    /** A key, where it stands, and the words it was given. */
    public record Setting(String key, int line, List<Value> values) {

        public List<String> words() {
            return values.stream().map(Value::text).toList();
        }
    }

    /** The nearest configuration file in a directory or above it, up to the root of the repository. */
    public static Optional<Path> above(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(NAME))) {
                return Optional.of(at.resolve(NAME));
            }
            if (Files.exists(at.resolve(".git"))) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** @param shown the path in messages */
    public static ConfigurationFile read(Path file, String shown) {
        try {
            String text = SourceText.decode(shown, Files.readAllBytes(file)).content();
            return new ConfigurationFile(shown, Yaml.read(text));
        } catch (IOException failed) {
            throw new UserError(Printable.of(shown) + ": the configuration could not be read: "
                    + Printable.of(String.valueOf(failed.getMessage())));
        } catch (Yaml.Refused refused) {
            throw new UserError(Printable.of(shown) + ":" + refused.line() + ": "
                    + Printable.onOneLine(String.valueOf(refused.getMessage())));
        }
    }

    /** The sections at the top; a key that is not among {@code known} is an error. */
    public Map<String, Section> sections(Collection<String> known) {
        Map<String, Section> sections = new LinkedHashMap<>();
        for (Section section :
                document.map(whole -> sections("the configuration", whole)).orElse(List.of())) {
            if (!known.contains(section.key())) {
                throw unknown(section.line(), "key", section.key(), known);
            }
            sections.put(section.key(), section);
        }
        return sections;
    }

    List<Section> sections(String key, Yaml content) {
        if (content instanceof Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> new Section(this, entry.key(), entry.line(), entry.value()))
                    .toList();
        }
        if (content instanceof Scalar scalar && scalar.text().isEmpty()) {
            return List.of();
        }
        throw error(content.line(), key + " takes keys with values");
    }

    List<Value> values(String key, Yaml content) {
        if (content instanceof Sequence sequence) {
            return sequence.elements().stream()
                    .map(element -> value(key, element))
                    .toList();
        }
        return List.of(value(key, content));
    }

    private Value value(String key, Yaml value) {
        if (value instanceof Scalar scalar) {
            return new Value(scalar.text(), scalar.line());
        }
        throw error(value.line(), key + " takes a word or a list of words");
    }

    public UserError error(int line, String what) {
        return new UserError(Printable.of(shown) + ":" + line + ": " + Printable.onOneLine(what));
    }

    /** An error that names the nearest name there is. */
    public UserError unknown(int line, String what, String name, Collection<String> known) {
        String near = Nearest.hint(name, known);
        return error(
                line,
                "there is no " + what + " " + name
                        + (near.isEmpty() ? " (there are " + String.join(", ", known) + ")" : near));
    }
}
