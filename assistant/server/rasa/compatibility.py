"""The undocumented parts of Rasa and Sanic that the server relies on, checked at startup.

Each has its reason; tests/server/test_rasa_contract.py compares the replaced behaviour with Rasa's own.
"""

from __future__ import annotations

from rasa.shared.exceptions import InvalidConfigException

from assistant.core.compatibility import Dependency, differences

VERSIONS = {"rasa": "3.6.21", "sanic": "21.12.2", "sanic_cors": "2.0.1"}

_PROCESSOR = "rasa.core.processor:MessageProcessor"
_PATCHES = "assistant/server/rasa/patches.py"
_RULE_INDEX = "assistant/server/rasa/rule_index.py"
_TURNS = "assistant/server/rasa/turns.py"
_STORE = "assistant/server/storage/tracker_store.py"
_APP = "assistant/server/http/app.py"
_CONNECTIONS = "assistant/server/http/connections.py"
_OWN_LOOP = "take_turn replaces handle_message: it stores once per turn, and parses with the history"
_TIMED = "it is wrapped, to measure each stage of a turn"

DEPENDENCIES = (
    Dependency("rasa.core.agent:Agent.handle_message", "async (self, message)", _OWN_LOOP, _TURNS),
    Dependency(f"{_PROCESSOR}.handle_message", "async (self, message)", _OWN_LOOP, _TURNS),
    Dependency(
        f"{_PROCESSOR}.fetch_tracker_and_update_session",
        "async (self, sender_id, output_channel=..., metadata=...)",
        _OWN_LOOP,
        _TURNS,
    ),
    Dependency(
        f"{_PROCESSOR}.parse_message",
        "async (self, message, tracker=..., only_output_properties=...)",
        _OWN_LOOP,
        _TURNS,
    ),
    Dependency(
        f"{_PROCESSOR}._handle_message_with_tracker", "async (self, message, tracker)", _OWN_LOOP, _TURNS
    ),
    Dependency(
        f"{_PROCESSOR}.run_action_extract_slots", "async (self, output_channel, tracker)", _OWN_LOOP, _TURNS
    ),
    Dependency(
        f"{_PROCESSOR}._run_prediction_loop", "async (self, output_channel, tracker)", _OWN_LOOP, _TURNS
    ),
    Dependency(
        f"{_PROCESSOR}.get_tracker",
        "async (self, conversation_id)",
        "it adds an apology to the history when a turn fails",
        _TURNS,
    ),
    Dependency(
        f"{_PROCESSOR}._parse_message_with_graph",
        "(self, message, tracker, only_output_properties=...)",
        _TIMED,
        _PATCHES,
    ),
    Dependency(f"{_PROCESSOR}._check_for_unseen_features", "(self, parse_data)", "it is left out", _PATCHES),
    Dependency(f"{_PROCESSOR}._predict_next_with_tracker", "(self, tracker)", _TIMED, _PATCHES),
    Dependency(
        f"{_PROCESSOR}._run_action",
        "async (self, action, tracker, output_channel, nlg, prediction)",
        _TIMED,
        _PATCHES,
    ),
    Dependency(f"{_PROCESSOR}.save_tracker", "async (self, tracker)", _TIMED, _PATCHES),
    Dependency(
        f"{_PROCESSOR}.__init__",
        "(self, model_path, tracker_store, lock_store, generator, action_endpoint=..., "
        "max_number_of_predictions=..., on_circuit_break=..., http_interpreter=...)",
        "a model is loaded without a restart, and parts of its processor are replaced",
        "assistant/server/rasa/hot_swap.py",
        sets=("nlg", "tracker_store", "action_endpoint", "graph_runner", "domain"),
    ),
    Dependency(
        "rasa.engine.runner.dask:DaskGraphRunner.__init__",
        "(self, graph_schema, model_storage, execution_context, hooks=...)",
        "its components run in order, without a Dask graph for each message",
        "assistant/server/rasa/patches.py",
        sets=("_graph_schema", "_instantiated_nodes"),
    ),
    Dependency(
        "rasa.engine.runner.dask:DaskGraphRunner.run",
        "(self, inputs=..., targets=...)",
        "it is replaced",
        "assistant/server/rasa/patches.py",
    ),
    Dependency(
        "rasa.engine.graph:GraphNode.__call__",
        "(self, *inputs_from_previous_nodes)",
        "components take and give pairs of a name and a value",
        "assistant/server/rasa/patches.py",
    ),
    Dependency(
        "rasa.engine.graph:GraphNode._load_component",
        "(self, **kwargs)",
        "the rules of the loaded policy are indexed",
        "assistant/server/rasa/patches.py",
        sets=("_component",),
    ),
    Dependency(
        "rasa.core.policies.rule_policy:RulePolicy._predict",
        "(self, tracker, domain)",
        "it is replaced: it compares all rules with the whole conversation",
        _RULE_INDEX,
    ),
    Dependency(
        "rasa.core.policies.rule_policy:RulePolicy._rule_prediction",
        "(self, probabilities, prediction_source, returning_from_unhappy_path=..., "
        "is_end_to_end_prediction=..., is_no_user_prediction=...)",
        "the index makes the prediction of a plain rule",
        _RULE_INDEX,
    ),
    Dependency(
        "rasa.core.policies.memoization:MemoizationPolicy._prediction_result",
        "(self, action_name, tracker, domain)",
        "the index makes the prediction of a plain rule",
        _RULE_INDEX,
    ),
    Dependency(
        "rasa.core.actions.action:RemoteAction._validate_action_result",
        "(self, result)",
        "it is replaced: it checks the JSON schema itself on each call, which takes longer than the rest of the turn",
        _PATCHES,
    ),
    Dependency(
        "rasa.utils.endpoints:EndpointConfig.request",
        "async (self, method=..., subpath=..., content_type=..., compress=..., **kwargs)",
        "it is overridden, for a persistent connection, a timeout and a general answer instead of a failed turn",
        "assistant/server/rasa/action_client.py",
    ),
    Dependency(
        "rasa.core.tracker_store:FailSafeTrackerStore.__init__",
        "(self, tracker_store, on_tracker_store_error=..., fallback_tracker_store=...)",
        "it is removed: it falls back to memory when storage fails",
        _STORE,
        sets=("_tracker_store",),
    ),
    Dependency(
        "rasa.core.tracker_store:SQLTrackerStore._retrieve",
        "async (self, sender_id, fetch_events_from_all_sessions)",
        "it is overridden, to read the newest turns only",
        _STORE,
    ),
    Dependency(
        "rasa.core.tracker_store:SQLTrackerStore._additional_events",
        "(self, session, tracker)",
        "it counts the stored events of a tracker that was not read from the store",
        _STORE,
    ),
    Dependency(
        "rasa.core.tracker_store:SQLTrackerStore.save",
        "async (self, tracker)",
        "it is overridden, to write all new events at once, or none",
        _STORE,
    ),
    Dependency(
        "rasa.shared.core.events:Event._from_parameters",
        "(parameters)",
        "the documented function searches all event classes for each event",
        _STORE,
    ),
    Dependency(
        "sanic.app:Sanic.__init__",
        "(self, name=..., config=..., ctx=..., router=..., signal_router=..., error_handler=..., "
        "env_prefix=..., request_class=..., strict_slashes=..., log_config=..., configure_logging=..., "
        "register=..., dumps=...)",
        "Rasa creates the application, so its request class and error handler are replaced afterwards",
        _APP,
        sets=("error_handler", "request_class", "router"),
    ),
    Dependency(
        "sanic.blueprints:Blueprint.register",
        "(self, app, options)",
        "it is overridden: it gives a channel the application before the server starts",
        _APP,
    ),
    Dependency(
        "sanic_routing.router:BaseRouter.__init__",
        "(self, delimiter=..., exception=..., method_handler_exception=..., route_class=..., group_class=..., "
        "stacking=..., cascade_not_found=...)",
        "Rasa's greeting at / is removed",
        _APP,
        sets=("static_routes", "name_index"),
    ),
    Dependency(
        "sanic.router:Router.find_route_by_view_name",
        "(self, view_name, name=...)",
        "Rasa's greeting at / is removed",
        _APP,
    ),
    Dependency(
        "sanic_cors.extension:CORS.init_app",
        "(self, context, *args, **kwargs)",
        "Rasa's CORS, which answers every OPTIONS with an empty 200, is switched off",
        _APP,
        sets=("resources",),
    ),
    Dependency(
        "sanic.handlers:ErrorHandler.default",
        "(self, request, exception)",
        "it is overridden: every error becomes a problem of problems.yml",
        _APP,
    ),
    Dependency(
        "sanic.http:Http.http1_request_header", "async (self)", "the head is checked before it", _CONNECTIONS
    ),
    Dependency("sanic.http:Http.read", "async (self)", "chunks are checked before it", _CONNECTIONS),
    Dependency(
        "sanic.server.protocols.http_protocol:HttpProtocol._setup_connection",
        "(self)",
        "each connection reads with StrictHttp",
        _CONNECTIONS,
        sets=("_http",),
    ),
    Dependency(
        "sanic.server.protocols.http_protocol:HttpProtocol.connection_made",
        "(self, transport)",
        "connections are counted by address",
        _CONNECTIONS,
        sets=("_task", "recv_buffer"),
    ),
    Dependency(
        "sanic.request:Request.__init__",
        "(self, url_bytes, headers, version, method, transport, app, head=...)",
        "it is overridden, to refuse addresses that cannot be parsed",
        "assistant/server/http/connections.py",
    ),
)

FIX = (
    "`make setup` installs the locked versions. To upgrade, compare each function named here with its caller, "
    "run tests/server/test_rasa_contract.py and update assistant/server/rasa/compatibility.py."
)


def incompatibilities() -> list[str]:
    """Describe each difference from the versions that the server was written for."""
    return differences(VERSIONS, DEPENDENCIES)


def check() -> None:
    """Raise `InvalidConfigException` with every difference and the fix."""
    found = incompatibilities()
    if found:
        raise InvalidConfigException(
            "\n  ".join(["The server cannot run with the installed packages:", *found, FIX])
        )
