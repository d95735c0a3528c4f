package dev.lockstep.lock;

import dev.lockstep.observe.Database;
import dev.lockstep.observe.LockProbe;
import dev.lockstep.observe.Observation;
import dev.lockstep.testkit.postgres.PgMatrix;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What real servers do with every sample: seen once, for all tests of this JVM. */
final class ObservedSamples {

    private static final ObservedSamples OF_THIS_JVM = new ObservedSamples(AllSamples.read());

    private final Collection<Sample> samples;
    private final Map<Integer, Map<Sample, Observation>> byMajor = new TreeMap<>();

    private ObservedSamples(Collection<Sample> samples) {
        this.samples = samples;
    }

    static synchronized Map<Integer, Map<Sample, Observation>> onEveryServer() {
        if (OF_THIS_JVM.byMajor.isEmpty()) {
            List<PgServer> servers = PgMatrix.servers().toList();
            OF_THIS_JVM.byMajor.putAll(servers.parallelStream()
                    .collect(Collectors.toConcurrentMap(PgServer::major, OF_THIS_JVM::observe)));
        }
        return OF_THIS_JVM.byMajor;
    }

    private Map<Sample, Observation> observe(PgServer server) {
        Map<World, Set<Sample>> byWorld = samples.stream()
                .collect(Collectors.groupingBy(
                        Sample::world, LinkedHashMap::new, Collectors.toCollection(LinkedHashSet::new)));
        Map<Sample, Observation> observations = new LinkedHashMap<>();
        byWorld.forEach((world, inWorld) -> {
            try {
                observe(server, world, inWorld, observations);
            } catch (SQLException failed) {
                throw new IllegalStateException(world + " on " + server, failed);
            }
        });
        return observations;
    }

    /** Samples leave no trace, except those that can't run in a transaction: after them the world is made anew. */
    private static void observe(
            PgServer server, World world, Set<Sample> samples, Map<Sample, Observation> observations)
            throws SQLException {
        ScratchDatabase database = fresh(server, world);
        for (Sample sample : samples) {
            Observation observation = LockProbe.observe(inWorld(database, world), sample.statement());
            observations.put(sample, observation);
            if (!observation.inTransaction()) {
                database.close();
                database = fresh(server, world);
            }
        }
        database.close();
    }

    private static ScratchDatabase fresh(PgServer server, World world) throws SQLException {
        ScratchDatabase database = server.database();
        database.execute(world.setup());
        return database;
    }

    private static Database inWorld(ScratchDatabase database, World world) {
        String zone = world.settings().timeZone().orElse("UTC");
        return () -> {
            Connection connection = database.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TIME ZONE '" + zone + "'");
                if (!world.earlier().isEmpty()) {
                    statement.execute("BEGIN;" + world.earlier());
                }
            }
            return connection;
        };
    }
}
