package dev.lockstep.source.nodepgmigrate;

import dev.lockstep.source.Annotations;
import dev.lockstep.source.NamedSource;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.ToolFacts;
import dev.lockstep.source.ToolFacts.Late;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** node-pg-migrate sends the up half of a SQL file at once; nothing in such a file takes it out of the transaction. */
public final class NodePgMigrateSource extends NamedSource {

    private static final Pattern NAME = Pattern.compile("(\\d+[-_].*)\\.(sql|js|ts|cjs|mjs|cts|mts)");

    private static final Pattern UP = Pattern.compile("(?mi)^\\s*--[\\s-]*up\\s+migration");

    private static final Pattern DOWN = Pattern.compile("(?mi)^\\s*--[\\s-]*down\\s+migration");

    private static final Pattern DEPENDENCY = Pattern.compile("\"node-pg-migrate\"");

    private static final TransactionRule IN_BLOCK = TransactionRule.ONE_STRING_IN_BLOCK.withWayOut(
            "node-pg-migrate does that for JavaScript migrations alone, with pgm.noTransaction()");

    public NodePgMigrateSource() {
        super("node-pg-migrate", "node-pg-migrate", NaturalOrder.INSTANCE);
    }

    @Override
    protected Optional<Name> name(String path) {
        Matcher name = NAME.matcher(ProjectPath.name(path));
        return name.matches() && !path.endsWith(".d.ts")
                ? Optional.of(new Name(name.group(1), name.group(2).equals("sql") ? Role.HALVES : Role.CODE))
                : Optional.empty();
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        Optional<String> dependency = Annotations.above(project, place, DEPENDENCY, "package.json");
        boolean named = ProjectPath.name(place).contains("migration");
        return (named && dependency.isPresent()) || Annotations.in(project, paths, UP)
                ? Optional.of(new Setup(place, dependency))
                : Optional.empty();
    }

    @Override
    protected Halves halves(SourceText file) {
        Optional<Integer> up = first(UP, file);
        Optional<Integer> down = first(DOWN, file);
        int start = up.orElse(0);
        int upEnd = down.filter(from -> up.isPresent() && from > start).orElse(file.length());
        return new Halves(
                Optional.of(half(file, start, upEnd)),
                down.map(from -> half(file, from, up.filter(to -> to > from).orElse(file.length()))));
    }

    private static Half half(SourceText file, int start, int end) {
        return Half.of(file, new Span(start, end), IN_BLOCK);
    }

    private static Optional<Integer> first(Pattern mark, SourceText file) {
        return mark.matcher(file.content()).results().findFirst().map(MatchResult::start);
    }

    /** All that are pending, unless it is called with {@code --no-single-transaction}. */
    @Override
    protected ToolFacts.Grouping grouping() {
        return ToolFacts.Grouping.WHOLE_DEPLOY;
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return IN_BLOCK;
    }

    @Override
    protected Late late() {
        return Late.REFUSED;
    }
}
