package dev.lockstep.cli.files;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.Setup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Migrations that are run on one database, one after another.
 *
 * @param root as it is shown: a directory, or a lone file
 * @param directory where to look for its version control
 * @param files what the migrations were read from; empty for standard input without a name
 * @param detected whether the tool was told by its marks
 * @param judged the shown paths of the files that get findings
 * @param places where the files are, by shown path
 */
public record History(
        String root,
        Path directory,
        Optional<DiskProject> files,
        Setup setup,
        MigrationSource tool,
        boolean detected,
        Migrations migrations,
        Set<String> judged,
        Map<String, Path> places) {

    public History {
        judged = Set.copyOf(judged);
        places = Map.copyOf(places);
    }

    /** Says which tool was assumed, if nobody said it. */
    public void announce(Consumer<String> say) {
        if (detected) {
            say.accept(root + ": taken for " + tool.tool() + " migrations"
                    + setup.evidence().map(file -> ", by " + shown(file)).orElse("") + " (--tool overrides)");
        }
        migrations.facts().remarks().forEach(say);
    }

    private String shown(String file) {
        return Printable.of(files.map(project -> project.shown(file)).orElse(file));
    }

    /** Whether any of the files that the migration is made of is judged. */
    public boolean judges(Migration migration) {
        return migration.source().origins().stream().anyMatch(judged::contains);
    }

    /** What is to be judged and can't be read. */
    public List<Lost> lost() {
        return migrations.lost().stream()
                .filter(part -> judged.contains(part.place().source().path()))
                .toList();
    }
}
