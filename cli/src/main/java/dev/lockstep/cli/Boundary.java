package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.history.GitHistory;
import dev.lockstep.cli.history.GitProject;
import dev.lockstep.cli.report.Report;
import dev.lockstep.engine.AnalysisRequest;
import dev.lockstep.engine.AppliedHistory;
import dev.lockstep.engine.Deploys;
import dev.lockstep.engine.Deploys.Planned;
import dev.lockstep.engine.Judging;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Project;
import dev.lockstep.text.SourceText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What says which migrations are applied already, if anything does. */
final class Boundary implements AutoCloseable {

    private final Optional<String> reference;
    private final Map<History, GitHistory> gits;

    /** The applied migrations by their keys, in order. */
    private final Map<History, Map<String, Migration>> applied = new HashMap<>();

    private Boundary(Optional<String> reference, Map<History, GitHistory> gits) {
        this.reference = reference;
        this.gits = gits;
    }

    static Boundary of(Optional<String> since, List<History> histories) {
        Map<History, GitHistory> gits = new LinkedHashMap<>();
        Boundary boundary = new Boundary(since, gits);
        try {
            since.ifPresent(reference ->
                    histories.forEach(history -> gits.put(history, GitHistory.open(history.directory(), reference))));
            return boundary;
        } catch (RuntimeException failed) {
            boundary.close();
            throw failed;
        }
    }

    Deploys deploys(History history) {
        List<Migration> inOrder = history.migrations().inOrder();
        Deploys deploys = reference.isPresent()
                ? Deploys.after(inOrder, texts(history), history::judges)
                : Deploys.eachAlone(inOrder, history::judges);
        return deploys.grouped(history.migrations().facts().grouping());
    }

    AppliedHistory texts(History history) {
        return new Applied(applied.computeIfAbsent(history, this::read));
    }

    /** By their keys. */
    private record Applied(Map<String, Migration> then) implements AppliedHistory {

        @Override
        public Optional<SourceText> appliedText(Migration migration) {
            return Optional.ofNullable(then.get(migration.key())).map(Migration::source);
        }

        @Override
        public List<Migration> applied() {
            return List.copyOf(then.values());
        }
    }

    /** The tool reads the commit's files as it reads those on disk. */
    private Map<String, Migration> read(History history) {
        GitHistory git = gits.get(history);
        if (git == null || history.files().isEmpty()) {
            return Map.of();
        }
        Project then = new GitProject(git, history.files().get());
        Map<String, Migration> migrations = new LinkedHashMap<>();
        history.tool()
                .read(then, history.setup())
                .inOrder()
                .forEach(migration -> migrations.put(migration.key(), migration));
        return migrations;
    }

    /** For the report; counts come from what was planned. */
    Optional<Report.Boundary> told(List<AnalysisRequest> requests) {
        List<Planned> planned = requests.stream()
                .flatMap(request -> request.deploys().inOrder().stream())
                .toList();
        long count = gits.keySet().stream().mapToLong(this::countApplied).sum();
        return reference.map(ref -> new Report.Boundary(
                ref,
                gits.values().stream().map(GitHistory::commit).distinct().toList(),
                (int) count,
                count(planned, Judging.FULL),
                count(planned, Judging.HISTORY_ONLY)));
    }

    private long countApplied(History history) {
        AppliedHistory texts = texts(history);
        return history.migrations().inOrder().stream()
                .filter(migration -> texts.appliedText(migration).isPresent())
                .count();
    }

    private static int count(List<Planned> planned, Judging judging) {
        return (int) planned.stream().filter(part -> part.judging() == judging).count();
    }

    @Override
    public void close() {
        gits.values().forEach(GitHistory::close);
    }
}
