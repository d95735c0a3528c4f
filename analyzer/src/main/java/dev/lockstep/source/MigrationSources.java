package dev.lockstep.source;

import dev.lockstep.source.dbmate.DbmateSource;
import dev.lockstep.source.diesel.DieselSource;
import dev.lockstep.source.drizzle.DrizzleSource;
import dev.lockstep.source.flyway.FlywaySource;
import dev.lockstep.source.golangmigrate.GolangMigrateSource;
import dev.lockstep.source.goose.GooseSource;
import dev.lockstep.source.hasura.HasuraSource;
import dev.lockstep.source.liquibase.LiquibaseSource;
import dev.lockstep.source.nodepgmigrate.NodePgMigrateSource;
import dev.lockstep.source.plain.PlainSource;
import dev.lockstep.source.prisma.PrismaSource;
import dev.lockstep.source.refinery.RefinerySource;
import dev.lockstep.source.sqitch.SqitchSource;
import dev.lockstep.source.sqlx.SqlxSource;
import dev.lockstep.source.supabase.SupabaseSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The migration tools we know. */
public final class MigrationSources {

    /** What files without any tool's marks are taken for. */
    public static final PlainSource PLAIN = new PlainSource(false);

    /** A tool whose marks are plainer comes first: what it claims the later ones don't see. */
    private static final List<MigrationSource> MARKED = List.of(
            new LiquibaseSource(),
            new RefinerySource(),
            new FlywaySource(),
            new SqitchSource(),
            new DrizzleSource(),
            new PrismaSource(),
            new SupabaseSource(),
            new GooseSource(),
            new DbmateSource(),
            new NodePgMigrateSource(),
            new HasuraSource(),
            new DieselSource(),
            new SqlxSource(),
            new GolangMigrateSource());

    private MigrationSources() {}

    /** The tools that leave marks, in the order they are asked. */
    public static List<MigrationSource> marked() {
        return MARKED;
    }

    /** The names that {@code --tool} takes, besides {@code auto}. */
    public static List<String> tools() {
        return all().map(MigrationSource::tool).toList();
    }

    public static Optional<MigrationSource> named(String tool) {
        return all().filter(source -> source.tool().equals(tool)).findFirst();
    }

    private static Stream<MigrationSource> all() {
        return Stream.concat(MARKED.stream(), Stream.of(PLAIN));
    }
}
