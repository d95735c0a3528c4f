package dev.lockstep.engine;

import dev.lockstep.rule.Hit;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Names findings so that they are known again: by rule, cause, arguments and the words they stand on, never by line or file; equal ones are
 * numbered in order.
 */
final class Fingerprints {

    private final Map<String, Integer> seen = new HashMap<>();

    /** Hex digits, a colon, and the ordinal among equal findings, from 1. */
    String of(String rule, Hit hit, SourceText source) {
        String key = String.join(
                "\n", rule, hit.cause().key(), String.join("\n", hit.arguments()), words(source, hit.span()));
        String hash = HexFormat.of().formatHex(sha256(key), 0, 8);
        return hash + ":" + seen.merge(hash, 1, Integer::sum);
    }

    private static String words(SourceText source, Span span) {
        return source.text(span).replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
