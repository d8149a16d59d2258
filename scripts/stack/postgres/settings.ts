/** The server's settings, each as a line of postgresql.conf would have it. */
export function serverSettings(port: number): Record<string, string> {
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    // Everything comes over the loopback interface with a password; a socket file would only be
    // one more thing to keep others away from.
    unix_socket_directories: "",
    max_connections: "150",
    // What Realtime reads.
    wal_level: "logical",
    max_wal_senders: "10",
    max_replication_slots: "10",
    max_slot_wal_keep_size: "512MB",
    shared_preload_libraries: "pg_stat_statements",
    // For a look at where time goes: npm run monitor.
    track_functions: "all",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] %q%u ",
    // Refusals by constraints and policies are answers, not incidents.
    log_min_messages: "log",
    log_checkpoints: "off",
  };
}
