package dev.lockstep.source.goose;

import dev.lockstep.source.Annotations;
import dev.lockstep.source.NamedSource;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.ToolFacts.Late;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** goose: BEGIN, the statements of the Up half, COMMIT; without the first and the last under {@code NO TRANSACTION}. */
public final class GooseSource extends NamedSource {

    private static final Pattern NAME = Pattern.compile("(\\d+)_.*\\.(sql|go)");

    private static final Pattern UP = Pattern.compile("(?m)^--\\s*\\+goose Up\\s*$");

    public GooseSource() {
        super("goose", "goose", NaturalOrder.INSTANCE);
    }

    @Override
    protected Optional<Name> name(String path) {
        String fileName = ProjectPath.name(path);
        Matcher name = NAME.matcher(fileName);
        return name.matches() && !fileName.endsWith("_test.go")
                ? Optional.of(new Name(name.group(1), name.group(2).equals("sql") ? Role.HALVES : Role.CODE))
                : Optional.empty();
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        return Annotations.in(project, paths, UP) ? Optional.of(Setup.in(place)) : Optional.empty();
    }

    @Override
    protected Halves halves(SourceText file) {
        GooseFile read = new GooseFile(file);
        return new Halves(
                read.up().map(text -> new Half(text, read.transactions())),
                read.down().map(text -> new Half(text, read.transactions())));
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return TransactionRule.AUTOCOMMIT;
    }

    @Override
    protected Late late() {
        return Late.REFUSED;
    }
}
