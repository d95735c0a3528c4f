package dev.lockstep.pgquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.pgquery.PgQuery.Engine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README compiles, runs and prints what the README says. */
class ReadmeTest {
    @TempDir
    private Path directory;

    @Test
    void theExamplePrintsWhatTheReadmeSays() throws IOException {
        Engines.open(Engine.NATIVE);
        var readme = Files.readString(Path.of("README.md"));
        var source = Files.writeString(directory.resolve("Example.java"), block(readme, "java"));
        var classPath = System.getProperty("java.class.path");
        var compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", directory.toString(), source.toString());
        assertThat(compiled).isZero();
        var result = new JavaProcess(directory, directory + File.pathSeparator + classPath).run("Example");
        assertThat(result.errors()).isEmpty();
        assertThat(result.output().lines())
                .containsExactlyElementsOf(block(readme, "text").lines().toList());
    }

    private static String block(String markdown, String language) {
        var block = Pattern.compile("^```" + language + "\\R(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(markdown);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
