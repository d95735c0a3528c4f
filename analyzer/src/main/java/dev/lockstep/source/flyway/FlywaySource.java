package dev.lockstep.source.flyway;

import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.ScriptFile;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.flyway.FlywayName.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Flyway with its default naming: versioned migrations in version order, then repeatable ones in order of description. */
public final class FlywaySource implements MigrationSource {

    private static final FlywayVersion NO_VERSION = FlywayVersion.parse("0");

    private static final Comparator<Named> ORDER = Comparator.comparing((Named named) -> named.name.prefix())
            .thenComparing(named -> named.name.version().orElse(NO_VERSION))
            .thenComparing(named -> named.name.description())
            .thenComparing(named -> named.file.text().path());

    private record Named(ScriptFile file, FlywayName name) {}

    @Override
    public String tool() {
        return "flyway";
    }

    @Override
    public String runner() {
        return "Flyway";
    }

    @Override
    public boolean recognises(List<ScriptFile> files) {
        return files.stream()
                .map(file -> FlywayName.parse(file.name()))
                .flatMap(Optional::stream)
                .anyMatch(name -> name.prefix() == Prefix.VERSIONED || name.prefix() == Prefix.REPEATABLE);
    }

    @Override
    public Migrations read(List<ScriptFile> files) {
        List<Named> run = new ArrayList<>();
        Map<String, Migration> undo = new TreeMap<>();
        List<Ignored> ignored = new ArrayList<>();
        for (ScriptFile file : files) {
            Optional<FlywayName> name = FlywayName.parse(file.name());
            name.filter(known -> known.prefix() == Prefix.UNDO)
                    .ifPresent(known -> undo.put(known.id().replaceFirst("U", "V"), migration(new Named(file, known))));
            Optional<String> reason =
                    name.map(FlywaySource::notRunForward).orElse(Optional.of("not named as a Flyway migration"));
            if (name.isPresent() && reason.isEmpty()) {
                run.add(new Named(file, name.get()));
            } else {
                ignored.add(new Ignored(file.text().path(), reason.orElse("")));
            }
        }
        run.sort(ORDER);
        return new Migrations(run.stream().map(FlywaySource::migration).toList(), undo, ignored);
    }

    private static Optional<String> notRunForward(FlywayName name) {
        return switch (name.prefix()) {
            case UNDO -> Optional.of("an undo migration");
            case BASELINE -> Optional.of("a baseline migration, run on empty databases only");
            case VERSIONED, REPEATABLE -> Optional.empty();
        };
    }

    private static Migration migration(Named named) {
        return new Migration(
                named.name.id(),
                named.name.prefix() == Prefix.REPEATABLE ? Migration.Kind.REPEATABLE : Migration.Kind.VERSIONED,
                named.file.text(),
                transactions(named.file));
    }

    private static TransactionRule transactions(ScriptFile file) {
        return file.configuration()
                .flatMap(ScriptConfiguration::executeInTransaction)
                .map(inTransaction -> inTransaction ? TransactionRule.ONE_TRANSACTION : TransactionRule.AUTOCOMMIT)
                .orElse(new FlywayTransactions());
    }
}
