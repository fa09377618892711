import Jobs
import Provenance

/// The description of the JSON interface, OpenAPI 3.0.
enum OpenAPI {
  static let text = """
    {
      "openapi": "3.0.3",
      "info": {"title": "Osong queue", "version": "\(CodeVersion.current)"},
      "paths": {
        "/health": {"get": {"summary": "Whether the queue can be read",
          "responses": {"200": \(json("Health")), "503": \(fault)}}},
        "/metrics": {"get": {"summary": "The queue in Prometheus' text format", "responses": {
          "200": {"description": "numbers", "content": {"text/plain": {"schema": {"type": "string"}}}},
          "503": \(fault)}}},
        "/api/v1/jobs": {"get": {"summary": "Jobs, the newest first", "parameters": [
            {"name": "state", "in": "query", "schema": {"type": "string", "enum": [\(states)]}},
            {"name": "user", "in": "query", "schema": {"type": "string", "maxLength": 200}},
            {"name": "before", "in": "query", "schema": {\(number)},
              "description": "Only jobs with smaller numbers: the field `before` of the last answer"},
            {"name": "limit", "in": "query",
              "schema": {"type": "integer", "minimum": 1, "maximum": \(Dashboard.mostJobs), "default": 50}}],
          "responses": {"200": \(json("Jobs")), "400": \(fault), "503": \(fault)}}},
        "/api/v1/jobs/{id}": {"get": {"summary": "One job", "parameters": [\(id)],
          "responses": {"200": \(json("Job")), "404": \(fault), "503": \(fault)}}},
        "/api/v1/jobs/{id}/events": {"get": {
          "summary": "The states of a job until it has ended, one JSON of a Job each",
          "parameters": [\(id)], "responses": {
            "200": {"description": "server-sent events",
              "content": {"text/event-stream": {"schema": {"type": "string"}}}},
            "404": \(fault), "503": \(fault)}}},
        "/api/v1/jobs/{id}/cancel": {"post": {"summary": "Withdraw a job", "parameters": [\(id)],
          "security": [{"token": []}], "responses": {"200": \(json("Job")), "401": \(fault),
            "404": \(fault), "409": \(fault), "503": \(fault)}}},
        "/api/v1/jobs/{id}/retry": {"post": {"summary": "Try a failed job again",
          "parameters": [\(id)], "security": [{"token": []}], "responses": {"200": \(json("Job")),
            "401": \(fault), "404": \(fault), "409": \(fault), "503": \(fault)}}}
      },
      "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        "schemas": {
          "Health": {"type": "object", "required": ["status", "version"], "properties": {
            "status": {"type": "string"}, "version": {"type": "string"}}},
          "Fault": {"type": "object", "required": ["error"], "properties": {
            "error": {"type": "string"}}},
          "Jobs": {"type": "object", "required": ["counts", "jobs"], "properties": {
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "jobs": {"type": "array", "items": {"$ref": "#/components/schemas/Job"}},
            "before": {\(number)}}},
          "Job": {"type": "object",
            "required": ["id", "title", "state", "user", "progress", "attempt", "created", "command"],
            "properties": {
              "id": {\(number)}, "title": {"type": "string"},
              "state": {"type": "string", "enum": [\(states)]}, "user": {"type": "string"},
              "progress": {"type": "number", "minimum": 0, "maximum": 1},
              "attempt": {"type": "integer", "minimum": 0},
              "created": {"type": "string", "format": "date-time"},
              "begun": {"type": "string", "format": "date-time"},
              "finished": {"type": "string", "format": "date-time"},
              "worker": {"type": "string"}, "outcome": {"type": "string"},
              "command": {"type": "array", "items": {"type": "string"}}}}
        }
      }
    }

    """

  private static let number = #""type": "integer", "format": "int64", "minimum": 1"#
  private static let id =
    #"{"name": "id", "in": "path", "required": true, "schema": {\#(number)}}"#
  private static let fault = json("Fault")
  private static let states = JobState.allCases.map { "\"\($0.rawValue)\"" }
    .joined(separator: ", ")

  private static func json(_ schema: String) -> String {
    ##"{"description": "\##(schema)", "content": {"application/json": {"schema": {"##
      + ##""$ref": "#/components/schemas/\##(schema)"}}}}"##
  }
}
