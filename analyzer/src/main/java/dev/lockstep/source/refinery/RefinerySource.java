package dev.lockstep.source.refinery;

import dev.lockstep.source.Annotations;
import dev.lockstep.source.NamedSource;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refinery's files look like Flyway's, but U is another kind of version, run forward too; the Rust project tells them apart. */
public final class RefinerySource extends NamedSource {

    private static final Pattern NAME = Pattern.compile("([UV])(\\d+(?:\\.\\d+)?)__\\w+\\.(sql|rs)");

    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^\\s*(?:\\[.*dependencies\\.)?refinery\\b");

    private static final Pattern NO_TRANSACTION = Pattern.compile("(?m)^\\s*--\\s*\\+refinery NO TRANSACTION\\s*$");

    public RefinerySource() {
        super("refinery", "Refinery", NaturalOrder.INSTANCE);
    }

    @Override
    protected Optional<Name> name(String path) {
        Matcher name = NAME.matcher(ProjectPath.name(path));
        return name.matches()
                ? Optional.of(new Name(
                        name.group(1) + name.group(2),
                        name.group(2),
                        name.group(3).equals("sql") ? Role.UP : Role.CODE))
                : Optional.empty();
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        return project.above(place, "refinery.toml")
                .or(() -> Annotations.above(project, place, DEPENDENCY, "Cargo.toml"))
                .map(evidence -> new Setup(place, Optional.of(evidence)));
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return project.read(path)
                .filter(file -> NO_TRANSACTION.matcher(file.content()).find())
                .map(file -> TransactionRule.ONE_STRING)
                .orElse(TransactionRule.ONE_STRING_IN_BLOCK.withWayOut("for Refinery, -- +refinery NO TRANSACTION"));
    }
}
