package dev.lockstep.source.plain;

import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.ScriptFile;
import dev.lockstep.source.TransactionRule;
import java.util.Comparator;
import java.util.List;

/** SQL files with no tool's marks: run by psql, each statement on its own, in natural order of their paths. */
public final class PlainSource implements MigrationSource {

    @Override
    public String tool() {
        return "plain";
    }

    @Override
    public String runner() {
        return "psql";
    }

    @Override
    public boolean recognises(List<ScriptFile> files) {
        return true;
    }

    @Override
    public Migrations read(List<ScriptFile> files) {
        return new Migrations(
                files.stream()
                        .sorted(Comparator.comparing(file -> file.text().path(), NaturalOrder.INSTANCE))
                        .map(file -> new Migration(
                                file.name(), Migration.Kind.SCRIPT, file.text(), TransactionRule.AUTOCOMMIT))
                        .toList(),
                List.of());
    }
}
