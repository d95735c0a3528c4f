package dev.lockstep.cli;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogSeed;
import dev.lockstep.cli.files.Unreadable;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.parse.SyntaxProblem;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The schema that migrations start from, as {@code pg_dump --schema-only} writes it. */
record SchemaFile(ParsedScript script) {

    /** What pg_dump's custom format begins with. */
    private static final byte[] ARCHIVE = "PGDMP".getBytes(StandardCharsets.US_ASCII);

    /** @throws UserError if there is nothing to read a schema from */
    static SchemaFile read(String name, Console console) {
        try {
            byte[] bytes = Files.readAllBytes(console.environment().directory().resolve(name));
            if (Arrays.equals(Arrays.copyOf(bytes, ARCHIVE.length), ARCHIVE)) {
                throw refusal(name, "an archive, not SQL; pg_dump --schema-only --format=plain writes SQL");
            }
            ParsedScript script = ScriptParser.create().parse(SourceText.decode(name.replace('\\', '/'), bytes));
            if (script.statements().isEmpty()) {
                throw refusal(name, "holds no SQL statement");
            }
            return new SchemaFile(script);
        } catch (InvalidPathException invalid) {
            throw refusal(name, "not a path");
        } catch (NoSuchFileException missing) {
            throw refusal(name, "no such file");
        } catch (IOException failed) {
            throw refusal(name, Unreadable.reason(failed));
        }
    }

    private static UserError refusal(String name, String reason) {
        return new UserError("--schema " + Printable.of(name) + ": " + reason);
    }

    Catalog catalog() {
        return CatalogSeed.of(script.statements());
    }

    /** A line on what PostgreSQL's parser refused, if it refused anything. */
    Optional<String> skipped() {
        List<SyntaxProblem> problems = script.problems();
        return problems.stream()
                .findFirst()
                .map(first -> script.source().path() + ":"
                        + script.source().position(first.span().start()) + ": skipped, " + first.message()
                        + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)"))
                .map(Printable::of);
    }
}
