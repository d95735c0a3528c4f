package dev.lockstep.cli.files;

import java.util.List;

/**
 * What was found.
 *
 * @param problems what could not be looked at, one line each
 * @param passedOver files named by the user that their tool does not run, one line each
 */
public record Selection(List<History> histories, List<String> problems, List<String> passedOver) {

    public Selection {
        histories = List.copyOf(histories);
        problems = List.copyOf(problems);
        passedOver = List.copyOf(passedOver);
    }
}
