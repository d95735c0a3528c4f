package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinceTest {

    private static final PersonIdent SOMEBODY = new PersonIdent("Somebody", "somebody@example.org");

    @TempDir
    Path directory;

    private Path root;
    private Git git;
    private Shell shell;

    @BeforeEach
    void repository() throws IOException, GitAPIException {
        root = directory.toRealPath();
        git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call();
        shell = new Shell(root)
                .file("db/V1__t.sql", "CREATE TABLE t (id bigint, n int);\n")
                .file("db/V2__drop.sql", "DROP TABLE old;\n")
                .file("db/R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM t;\n");
        commit("base");
        git.checkout().setCreateBranch(true).setName("feature").call();
    }

    @AfterEach
    void close() {
        git.close();
    }

    private String commit(String message) throws GitAPIException {
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage(message)
                .setAuthor(SOMEBODY)
                .setCommitter(SOMEBODY)
                .setSign(false)
                .call()
                .name();
    }

    private Outcome since(String reference) {
        return shell.run("db", "--since", reference, "--format=gcc");
    }

    @Test
    void nothingNewIsSuccess() throws GitAPIException {
        Outcome outcome = since("main");

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.errLines())
                .anyMatch(line -> line.matches("lockstep: Since main \\(merge base [0-9a-f]{10}\\):"
                        + " 0 migrations to deploy, judged as one deploy; 3 applied before\\."));
        assertThat(outcome.code()).isZero();
    }

    @Test
    void newFilesAreJudgedAsOneDeployAfterTheAppliedOnes() throws GitAPIException {
        shell.file("db/V3__new.sql", "CREATE TABLE fresh (id bigint, n int);\n")
                .file("db/V4__index.sql", "CREATE INDEX i ON fresh (n);\nCREATE INDEX j ON t (n);\n");
        commit("new");

        Outcome outcome = since("main");

        assertThat(outcome.outLines()).hasSize(1).allMatch(line -> line.startsWith("db/V4__index.sql:2:1: error: "));
        assertThat(shell.run("db", "--format=gcc").outLines()).hasSizeGreaterThan(2);
    }

    @Test
    void filesNotCommittedYetAreNew() {
        shell.file("db/V3__new.sql", "DROP TABLE t;\n");

        assertThat(since("main").outLines()).hasSize(1).allMatch(line -> line.startsWith("db/V3__new.sql:1:"));
    }

    @Test
    void anEditedAppliedFileGetsThatFindingOnly() {
        shell.file("db/V2__drop.sql", "DROP TABLE old;\nDROP TABLE t;\n");

        Outcome outcome = since("main");

        assertThat(outcome.outLines())
                .hasSize(1)
                .allMatch(line ->
                        line.startsWith("db/V2__drop.sql:2:1: error: ") && line.endsWith("[edited-applied-migration]"));
        assertThat(outcome.err()).contains("3 applied before, 1 of them edited since.");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void anEditedAppliedFileBuildsStateWithItsAppliedText() {
        shell.file("db/V1__t.sql", "SELECT 1;\n")
                .file("db/V3__n.sql", "ALTER TABLE t ALTER COLUMN n SET NOT NULL;\nCREATE TABLE t2 (id bigint);\n");

        assertThat(since("main").outLines())
                .anyMatch(line -> line.startsWith("db/V1__t.sql:1:1: ") && line.endsWith("[edited-applied-migration]"))
                .anyMatch(line -> line.startsWith("db/V3__n.sql:1:") && line.endsWith("[set-not-null]"))
                .hasSize(2);
    }

    @Test
    void lineEndingsAreNoEdit() {
        shell.file("db/V2__drop.sql", "DROP TABLE old;\r\n");

        assertThat(since("main").out()).isEmpty();
    }

    @Test
    void aChangedRepeatableMigrationIsPartOfTheDeploy() {
        shell.file("db/R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1::bigint AS id;\nDROP TABLE t;\n");

        assertThat(since("main").outLines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("db/R__view.sql:2:") && line.endsWith("[drop-table]"));
    }

    @Test
    void comparesWithTheMergeBase() throws GitAPIException {
        git.checkout().setName("main").call();
        shell.file("db/V5__later.sql", "DROP TABLE elsewhere;\n");
        commit("main goes on");
        git.checkout().setName("feature").call();
        shell.file("db/V3__new.sql", "DROP TABLE t;\n");
        commit("feature");

        assertThat(since("main").outLines()).hasSize(1).allMatch(line -> line.startsWith("db/V3__new.sql"));
    }

    @Test
    void onlyNamedFilesGetFindings() {
        shell.file("db/V3__new.sql", "DROP TABLE t;\n").file("db/V4__new.sql", "DROP TABLE u;\n");

        assertThat(shell.run("db/V4__new.sql", "--since=main", "--format=gcc").outLines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("db/V4__new.sql"));
    }

    @Test
    void theJsonReportTellsTheBoundary() throws IOException, GitAPIException {
        shell.file("db/V3__new.sql", "SELECT 1;\n");

        JsonNode boundary = new ObjectMapper()
                .readTree(shell.run("db", "--since=main", "--format=json").out())
                .at("/assumed/boundary");

        assertThat(boundary.path("since").asText()).isEqualTo("main");
        assertThat(boundary.path("migrationsToDeploy").asInt()).isEqualTo(1);
        assertThat(boundary.path("migrationsApplied").asInt()).isEqualTo(3);
    }

    @Test
    void worksInALinkedWorktree(@TempDir Path elsewhere) throws IOException, GitAPIException {
        shell.file("db/V3__new.sql", "DROP TABLE t;\n");
        commit("feature");
        Path worktree = Files.createDirectory(elsewhere.toRealPath().resolve("wt"));
        Path administration = Files.createDirectories(root.resolve(".git/worktrees/wt"));
        Files.writeString(worktree.resolve(".git"), "gitdir: " + administration + "\n");
        Files.writeString(administration.resolve("HEAD"), "ref: refs/heads/feature\n");
        Files.writeString(administration.resolve("commondir"), "../..\n");
        Files.writeString(administration.resolve("gitdir"), worktree.resolve(".git") + "\n");
        Shell there = new Shell(worktree)
                .file("db/V1__t.sql", "CREATE TABLE t (id bigint, n int);\n")
                .file("db/V3__new.sql", "DROP TABLE t;\n");

        Outcome outcome = there.run("db", "--since=main", "--format=gcc");

        assertThat(outcome.outLines()).hasSize(1).allMatch(line -> line.startsWith("db/V3__new.sql"));
        assertThat(outcome.err()).contains("1 migration to deploy", "1 applied before");
    }

    @Test
    void writesNothing() throws IOException {
        shell.file("db/V3__new.sql", "DROP TABLE t;\n");
        Set<String> before = files();

        since("main");

        assertThat(files()).isEqualTo(before);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void anUnknownReferenceIsOneLine() {
        assertThat(since("mian").errLines())
                .last()
                .isEqualTo("lockstep: --since mian: git knows no such branch, tag or commit");
        assertThat(since("mian").code()).isEqualTo(2);
        assertThat(since("a..b").code()).isEqualTo(2);
        assertThat(since("main^{tree}").errLines())
                .last()
                .isEqualTo("lockstep: --since main^{tree} does not name a commit");
    }

    @Test
    void noRepositoryIsOneLine(@TempDir Path elsewhere) throws IOException {
        Outcome outcome = new Shell(elsewhere).file("1.sql", "SELECT 1;\n").run("--since=main");

        assertThat(outcome.errLines())
                .last()
                .isEqualTo("lockstep: --since needs git: " + elsewhere + " is not in a git repository");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void aShallowCloneWithoutTheBaseIsOneLine(@TempDir Path elsewhere) throws GitAPIException, IOException {
        git.checkout().setName("main").call();
        shell.file("db/V5__later.sql", "SELECT 1;\n");
        commit("main goes on");
        git.checkout().setName("feature").call();
        shell.file("db/V3__new.sql", "SELECT 1;\n");
        commit("feature goes on");
        Path clone = elsewhere.toRealPath().resolve("clone");
        Git.cloneRepository()
                .setURI(root.toUri().toString())
                .setDirectory(clone.toFile())
                .setDepth(1)
                .setCloneAllBranches(true)
                .setBranch("feature")
                .call()
                .close();

        Outcome outcome = new Shell(clone).run("db", "--since=origin/main");

        assertThat(outcome.errLines())
                .last()
                .isEqualTo("lockstep: --since origin/main: it has no commit in common with HEAD;"
                        + " this clone is shallow: fetch the whole history (`git fetch --unshallow`)");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void aRepositoryWithSha256IsOneLine(@TempDir Path elsewhere) throws IOException {
        Shell there = new Shell(elsewhere)
                .file("1.sql", "SELECT 1;\n")
                .file(".git/HEAD", "ref: refs/heads/main\n")
                .file(".git/config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n");
        Files.createDirectories(elsewhere.resolve(".git/objects"));
        Files.createDirectories(elsewhere.resolve(".git/refs"));

        Outcome outcome = there.run("--since=main");

        assertThat(outcome.errLines()).last().asString().contains("SHA-256");
        assertThat(outcome.code()).isEqualTo(2);
    }
}
