package dev.lockstep.cli.user;

import dev.lockstep.finding.Severity;

/** Colours for a terminal, or none. */
public enum Paint {
    PLAIN,
    COLOURED;

    /** What is coloured; the codes are those every terminal knows. */
    public enum Role {
        ERROR("1;31"),
        WARNING("1;33"),
        NOTE("1;36"),
        PLACE("1"),
        FRAME("34"),
        HELP("1;32");

        private final String code;

        Role(String code) {
            this.code = code;
        }

        public static Role of(Severity severity) {
            return switch (severity) {
                case ERROR -> ERROR;
                case WARNING -> WARNING;
                case NOTE -> NOTE;
            };
        }
    }

    public String as(Role role, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + role.code + "m" + text + "\u001b[0m";
    }
}
