package dev.flotilla.operator.engine.elasticsearch;

/// The keys of a tenant's Secret. Public in the sense that people read them with kubectl.
final class TenantFiles {

  /// The engine's list of log-ins with hashed passwords, and of their roles.
  static final String USERS = "users";

  static final String USERS_ROLES = "users_roles";

  /// The tenant's own log-in.
  static final String USERNAME = "username";

  static final String PASSWORD = "password";

  /// The password of the operator's log-in, [#OPERATOR].
  static final String OPERATOR_PASSWORD = "operator-password";

  /// The operator's log-in.
  static final String OPERATOR = "flotilla";

  private TenantFiles() {}
}
