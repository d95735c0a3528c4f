package dev.lockstep.source.golangmigrate;

import dev.lockstep.source.NamedSource;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.ToolFacts.Late;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.source.TransactionRule.Strings;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * golang-migrate sends a file as it is, in one string; with {@code x-multi-statement=true} in the database address it cuts at every semicolon,
 * even inside quotes.
 */
public final class GolangMigrateSource extends NamedSource {

    private static final Pattern NAME = Pattern.compile("(\\d+)_.*\\.(up|down)\\.(?:sql|pgsql)");

    private static final String MULTI_STATEMENT = "x-multi-statement=true";

    /** Where projects keep the database address. */
    private static final List<String> CALLERS = List.of(
            "Makefile", "Taskfile.yml", "docker-compose.yml", "compose.yml", "compose.yaml", ".env", "justfile");

    public GolangMigrateSource() {
        super("golang-migrate", "golang-migrate", NaturalOrder.INSTANCE);
    }

    @Override
    protected Optional<Name> name(String path) {
        Matcher name = NAME.matcher(ProjectPath.name(path));
        return name.matches()
                ? Optional.of(new Name(name.group(1), name.group(2).equals("up") ? Role.UP : Role.DOWN))
                : Optional.empty();
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        return Optional.of(new Setup(place, multiStatement(project, place)));
    }

    private static Optional<String> multiStatement(Project project, String place) {
        return CALLERS.stream()
                .flatMap(caller -> project.above(place, caller).stream())
                .filter(caller -> project.read(caller)
                        .filter(text -> text.content().contains(MULTI_STATEMENT))
                        .isPresent())
                .findFirst();
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        if (setup.evidence().isEmpty()) {
            return TransactionRule.ONE_STRING;
        }
        return project.read(path)
                .map(file -> TransactionRule.of(Mode.AUTOCOMMIT, Strings.endingAt(semicolons(file))))
                .orElse(TransactionRule.AUTOCOMMIT);
    }

    private static List<Integer> semicolons(SourceText file) {
        List<Integer> ends = new ArrayList<>();
        for (int at = file.content().indexOf(';'); at >= 0; at = file.content().indexOf(';', at + 1)) {
            ends.add(at + 1);
        }
        return ends;
    }

    @Override
    protected Late late() {
        return Late.SKIPPED;
    }
}
