package dev.lockstep.source.liquibase;

import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A changelog as it was read.
 *
 * @param lost what could not be read; everything else is in the tree
 */
record ChangeLogFile(ChangeLogNode root, List<Lost> lost) {

    /** The name of the outermost element in every format. */
    static final String ROOT = "databaseChangeLog";

    ChangeLogFile {
        lost = List.copyOf(lost);
    }

    /** The formats that Liquibase tells by the end of a file's name. */
    enum Format {
        XML,
        YAML,
        SQL
    }

    static Optional<Format> format(String path) {
        String name = ProjectPath.name(path).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "xml" -> Optional.of(Format.XML);
            case "yaml", "yml", "json" -> Optional.of(Format.YAML);
            case "sql" -> Optional.of(Format.SQL);
            default -> Optional.empty();
        };
    }

    /** Reads a file whose name has one of the formats. */
    static ChangeLogFile read(SourceText file, Format format) {
        return switch (format) {
            case XML -> XmlReader.read(file);
            case YAML -> YamlReader.read(file);
            case SQL -> FormattedSqlReader.read(file);
        };
    }

    /** Whether a file is a changelog, by a look at its head. */
    static boolean isChangeLog(SourceText file, Format format) {
        return format == Format.SQL
                ? FormattedSqlReader.isFormatted(file)
                : file.content().contains(ROOT);
    }

    /** A file of which nothing could be read. */
    static ChangeLogFile empty(SourceText file, List<Lost> lost) {
        Place start = new Place(file, new Span(0, 0));
        return new ChangeLogFile(new ChangeLogNode(ROOT, LocatedText.EMPTY, List.of(), start), lost);
    }
}
