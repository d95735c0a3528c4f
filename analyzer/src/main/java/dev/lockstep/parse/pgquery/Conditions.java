package dev.lockstep.parse.pgquery;

import java.util.Map;
import java.util.Optional;

/** PostgreSQL's names for SQLSTATEs, as far as people raise them ({@code errcodes.txt}). */
final class Conditions {

    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("raise_exception", "P0001"),
            Map.entry("no_data_found", "P0002"),
            Map.entry("too_many_rows", "P0003"),
            Map.entry("assert_failure", "P0004"),
            Map.entry("unique_violation", "23505"),
            Map.entry("not_null_violation", "23502"),
            Map.entry("foreign_key_violation", "23503"),
            Map.entry("check_violation", "23514"),
            Map.entry("exclusion_violation", "23P01"),
            Map.entry("restrict_violation", "23001"),
            Map.entry("integrity_constraint_violation", "23000"),
            Map.entry("division_by_zero", "22012"),
            Map.entry("invalid_text_representation", "22P02"),
            Map.entry("invalid_parameter_value", "22023"),
            Map.entry("numeric_value_out_of_range", "22003"),
            Map.entry("null_value_not_allowed", "22004"),
            Map.entry("string_data_right_truncation", "22001"),
            Map.entry("data_exception", "22000"),
            Map.entry("feature_not_supported", "0A000"),
            Map.entry("object_not_in_prerequisite_state", "55000"),
            Map.entry("object_in_use", "55006"),
            Map.entry("lock_not_available", "55P03"),
            Map.entry("query_canceled", "57014"),
            Map.entry("insufficient_privilege", "42501"),
            Map.entry("syntax_error", "42601"),
            Map.entry("undefined_table", "42P01"),
            Map.entry("undefined_column", "42703"),
            Map.entry("undefined_function", "42883"),
            Map.entry("undefined_object", "42704"),
            Map.entry("duplicate_table", "42P07"),
            Map.entry("duplicate_column", "42701"),
            Map.entry("duplicate_object", "42710"),
            Map.entry("duplicate_schema", "42P06"),
            Map.entry("invalid_transaction_termination", "2D000"),
            Map.entry("serialization_failure", "40001"),
            Map.entry("deadlock_detected", "40P01"));

    private Conditions() {}

    static Optional<String> state(String name) {
        return Optional.ofNullable(STATES.get(name));
    }
}
