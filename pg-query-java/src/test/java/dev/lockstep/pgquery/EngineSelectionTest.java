package dev.lockstep.pgquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.pgquery.PgQuery.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process gets at its first use of the parser, and what it leaves in the user's cache. */
class EngineSelectionTest {
    private static final String NATIVE_ANSWER = "NATIVE 50fde20626009aba";
    private static final String PORTABLE_ANSWER = "PORTABLE 50fde20626009aba";

    @TempDir
    private Path directory;

    @Test
    void parallelStartsShareOnePrivateFile() throws IOException {
        Engines.open(Engine.NATIVE);
        var results = IntStream.range(0, 4).parallel().mapToObj(i -> probe()).toList();
        assertThat(results).allSatisfy(EngineSelectionTest::isNativeAndSilent);
        assertThat(cachedFiles()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
                .isEqualTo("rwx------");
    }

    @Test
    void aDamagedFileIsReplacedAndAnIntactOneKept() throws IOException {
        Engines.open(Engine.NATIVE);
        isNativeAndSilent(probe());
        var file = cachedFiles().get(0);
        var intact = Files.readAllBytes(file);
        var damaged = intact.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        isNativeAndSilent(probe());
        assertThat(file).hasBinaryContent(intact);
        var written = Files.getLastModifiedTime(file);
        isNativeAndSilent(probe());
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    }

    @Test
    void aCacheOpenToOthersIsNotTrusted() throws IOException {
        Engines.open(Engine.NATIVE);
        Files.createDirectories(cache());
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxrwx"));
        isNativeAndSilent(probe());
        assertThat(cachedFiles()).isEmpty();
    }

    @Test
    void withoutACacheTheLibraryComesFromATemporaryFile() throws IOException {
        Engines.open(Engine.NATIVE);
        var file = Files.createFile(directory.resolve("file"));
        var temporary = Files.createDirectory(directory.resolve("temporary"));
        var result = JavaProcess.withTestClasses(file, "-Djava.io.tmpdir=" + temporary)
                .run(Probe.class.getName());
        isNativeAndSilent(result);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aLibraryCanBeNamed() throws IOException {
        Engines.open(Engine.NATIVE);
        isNativeAndSilent(probe());
        var library = Files.copy(cachedFiles().get(0), directory.resolve("named-library"));
        Files.delete(cachedFiles().get(0));
        isNativeAndSilent(probe("-Dlockstep.pgquery.library=" + library));
        assertThat(cachedFiles()).isEmpty();
    }

    @Test
    void aLibraryThatDoesNotLoadMeansThePortableEngineAndOneLine() {
        var result = probe("-Dlockstep.pgquery.library=/no/such/library");
        assertThat(result.output()).isEqualToIgnoringNewLines(PORTABLE_ANSWER);
        assertThat(result.errors().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "pg-query-java: using the portable engine, which is slower: loading /no/such/library failed");
    }

    @Test
    void thePortableEngineCanBeAskedFor() {
        var result = probe("-Dlockstep.pgquery.engine=portable");
        assertThat(result.output()).isEqualToIgnoringNewLines(PORTABLE_ANSWER);
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void theNativeEngineAskedForAndMissingIsAnError() {
        var result = probe("-Dlockstep.pgquery.engine=native", "-Dlockstep.pgquery.library=/no/such/library");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors())
                .contains("IllegalStateException: the native engine is not available: loading /no/such/library failed");
    }

    @Test
    void anUnknownEngineIsAnError() {
        var result = probe("-Dlockstep.pgquery.engine=fast");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("lockstep.pgquery.engine must be native or portable, not fast");
    }

    @Test
    void theNativeEngineLoadsNothingOfThePortableOne() {
        Engines.open(Engine.NATIVE);
        var result = probe("-Xlog:class+load");
        assertThat(result.output()).contains(NATIVE_ANSWER).contains("dev.lockstep.pgquery.NativeModule");
        assertThat(result.output()).doesNotContain("com.dylibso").doesNotContain("dev.lockstep.pgquery.PortableModule");
    }

    private JavaProcess.Result probe(String... options) {
        return JavaProcess.withTestClasses(directory, options).run(Probe.class.getName());
    }

    private static void isNativeAndSilent(JavaProcess.Result result) {
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).isEqualToIgnoringNewLines(NATIVE_ANSWER);
    }

    private Path cache() {
        return directory.resolve("lockstep").resolve("pg-query");
    }

    private List<Path> cachedFiles() throws IOException {
        try (var files = Files.list(cache())) {
            return files.toList();
        }
    }
}
