package dev.lockstep.source.dbmate;

import dev.lockstep.source.Annotations;
import dev.lockstep.source.NamedSource;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** dbmate sends the up half at once; {@code transaction:false} takes away the BEGIN and COMMIT around it, not PostgreSQL's own transaction. */
public final class DbmateSource extends NamedSource {

    private static final Pattern NAME = Pattern.compile("(\\d+).*\\.sql");

    private static final Pattern UP = Pattern.compile("(?m)^--\\s*migrate:up(\\s*?$|\\s+\\S.*$)");

    private static final Pattern DOWN = Pattern.compile("(?m)^--\\s*migrate:down(\\s*?$|\\s+\\S.*$)");

    private static final TransactionRule IN_BLOCK =
            TransactionRule.ONE_STRING_IN_BLOCK.withWayOut("for dbmate, -- migrate:up transaction:false");

    public DbmateSource() {
        super("dbmate", "dbmate", Comparator.naturalOrder());
    }

    @Override
    protected Optional<Name> name(String path) {
        String fileName = ProjectPath.name(path);
        Matcher name = NAME.matcher(fileName);
        return name.matches() ? Optional.of(new Name(name.group(1), fileName, Role.HALVES)) : Optional.empty();
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        return Annotations.in(project, paths, UP) ? Optional.of(Setup.in(place)) : Optional.empty();
    }

    @Override
    protected Halves halves(SourceText file) {
        Optional<MatchResult> up = first(UP, file);
        Optional<MatchResult> down = first(DOWN, file);
        int upEnd = down.map(MatchResult::start).orElse(file.length());
        return new Halves(
                up.filter(start -> start.start() < upEnd).map(start -> half(file, start, upEnd)),
                down.map(start -> half(file, start, file.length())));
    }

    private static Optional<MatchResult> first(Pattern mark, SourceText file) {
        return mark.matcher(file.content()).results().findFirst();
    }

    private static Half half(SourceText file, MatchResult start, int end) {
        boolean inTransaction = !List.of(start.group(1).strip().split("\\s+")).contains("transaction:false");
        return Half.of(file, new Span(start.start(), end), inTransaction ? IN_BLOCK : TransactionRule.ONE_STRING);
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return IN_BLOCK;
    }
}
