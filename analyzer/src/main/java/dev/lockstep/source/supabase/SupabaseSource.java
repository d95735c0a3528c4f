package dev.lockstep.source.supabase;

import dev.lockstep.source.NamedSource;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.ToolFacts.Late;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.source.TransactionRule.Strings;
import dev.lockstep.text.SourceText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Supabase CLI cuts a file into statements and sends them in one batch, which PostgreSQL runs as one transaction; what can't run in one
 * ends the batch and goes alone (from version 2.109 on).
 */
public final class SupabaseSource extends NamedSource {

    private static final Pattern NAME = Pattern.compile("(\\d+)_.*\\.sql");

    private static final String DIRECTORY = "supabase/migrations";

    /** What the CLI knows not to run in a transaction. */
    private static final Pattern ALONE = Pattern.compile(
            "(?is)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*"
                    + "(?:(?:CREATE(?:\\s+UNIQUE)?|DROP)\\s+INDEX\\s+CONCURRENTLY|REINDEX\\b.*\\bCONCURRENTLY|VACUUM|ALTER\\s+SYSTEM|CLUSTER)\\b.*");

    public SupabaseSource() {
        super("supabase", "the Supabase CLI", Comparator.naturalOrder());
    }

    @Override
    protected Optional<Name> name(String path) {
        Matcher name = NAME.matcher(ProjectPath.name(path));
        return name.matches()
                ? Optional.of(new Name(name.group(1), ProjectPath.name(path), Role.UP))
                : Optional.empty();
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        String configuration = ProjectPath.in(ProjectPath.parent(place), "config.toml");
        boolean standard = place.equals(DIRECTORY) || place.endsWith("/" + DIRECTORY);
        return standard
                ? Optional.of(new Setup(place, Optional.of(configuration).filter(project::has)))
                : Optional.empty();
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return project.read(path)
                .map(file -> TransactionRule.of(Mode.AUTOCOMMIT, batches(file)))
                .orElse(TransactionRule.AUTOCOMMIT);
    }

    private static Strings batches(SourceText file) {
        return (before, statement) -> !ALONE.matcher(file.text(before)).matches()
                && !ALONE.matcher(file.text(statement)).matches();
    }

    @Override
    protected Late late() {
        return Late.REFUSED;
    }
}
