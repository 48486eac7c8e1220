// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.mcp;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.server.Changes;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.autoscaling.DemandReader;
import io.shadowweaver.server.mcp.Tool.Argument;
import io.shadowweaver.server.rest.Decisions;
import io.shadowweaver.server.rest.EstatesResource;
import io.shadowweaver.server.rest.ForecastsResource;
import io.shadowweaver.server.rest.PlansResource;
import io.shadowweaver.server.rest.ScenariosResource;
import io.shadowweaver.server.rest.TopologyResource;
import io.shadowweaver.server.security.Scope;
import jakarta.ws.rs.core.Response;

/**
 * The tools, in a fixed order. Most read, or try out in thought. What makes or removes capacity is a plan; an agent proposes one, or decides on one,
 * where its key has the scope for it, which an operator gives: never on its own, and only on the plan that it has read.
 */
final class Tools {
	private static final Argument ESTATE = new Argument("estate", "string", "The id of the estate, from list_estates", true);
	private static final int PAGE = 50;
	private static final Map<String, String> NOTED = Map.of("noted", "It is decided between two ticks.");

	private static final Argument PLAN = new Argument("plan", "string", "The id of the plan, from list_plans", true);
	private static final Argument READ_PLAN = new Argument("etag", "string", "The etag of the plan as get_plan told it", true);

	private final List<Tool> all;

	Tools(Estates estates, DemandReader demand, ScenariosResource scenarios, PlansResource plans, Changes changes, Duration patience) {
		Decisions decisions = new Decisions(estates, changes);
		TopologyResource topology = new TopologyResource(estates);
		ForecastsResource forecasts = new ForecastsResource(estates, demand);
		all = List.of(
				new Tool("list_estates", "Estates", "All open estates with their time, size, and number of active alerts.", List.of(), arguments -> Map.of("estates", new EstatesResource(estates).list())),
				new Tool("list_resources", "Resources", "Resources of an estate with their values: live, or as expected at a moment, in pages.",
						List.of(ESTATE, new Argument("view", "string", "live, unattended (if nobody acts) or planned (with what is building); live by default", false),
								new Argument("at", "string", "For a shadow: a duration after now such as PT2H, or an ISO instant", false), new Argument("kind", "string", "Only of this kind", false),
								new Argument("group", "string", "Only members of this group", false),
								new Argument("q", "string", "Only what a query finds, such as kind:vm region:eu cpu>80% @+2h", false),
								new Argument("after", "string", "The value of 'next' of the page before", false), new Argument("limit", "integer", "How many at most", false)),
						arguments -> topology.resources(text(arguments, "estate"), view(arguments), text(arguments, "at"), text(arguments, "kind"), text(arguments, "group"), text(arguments, "q"),
								text(arguments, "after"), arguments.path("limit").asInt(PAGE))),
				new Tool("list_series", "Series", "Series of an estate with their newest values, in pages.",
						List.of(ESTATE, new Argument("subject", "string", "Only of this resource, or group behind 'group:'", false), new Argument("metric", "string", "Only of this metric", false),
								new Argument("after", "string", "The value of 'next' of the page before", false), new Argument("limit", "integer", "How many at most", false)),
						arguments -> forecasts.list(text(arguments, "estate"), text(arguments, "subject"), text(arguments, "metric"), text(arguments, "after"), arguments.path("limit").asInt(PAGE))),
				new Tool("get_forecast", "Forecast", "The newest forecast of a series: quantiles by time, model, skill, coverage; or why there is none.",
						List.of(ESTATE, new Argument("subject", "string", "A resource, or a group behind 'group:'", true), new Argument("metric", "string", "The metric, such as cpu", true)),
						arguments -> forecasts.forecast(text(arguments, "estate"), text(arguments, "subject"), text(arguments, "metric"))),
				new Tool("list_alerts", "Alerts", "Predicted and present breaches that still hold, with why, and the last moment to act.", List.of(ESTATE),
						arguments -> Map.of("alerts", estates.get(text(arguments, "estate")).state().alerts().stream().filter(alert -> alert.isActive()).toList())),
				new Tool("list_plans", "Plans", "Open plans and those closed lately, with their guards.", List.of(ESTATE),
						arguments -> Map.of("plans", estates.get(text(arguments, "estate")).state().plans())),
				new Tool("list_provision_queue", "Queue", "What is being made or removed, and what ended lately.", List.of(ESTATE),
						arguments -> Map.of("queue", estates.get(text(arguments, "estate")).state().queue())),
				new Tool("run_what_if", "What if", "Solves a scenario on the newest forecasts, beside what becomes of the estate without it. Changes nothing.",
						List.of(ESTATE, new Argument("scenario", "object", "version 1, name, and changes such as {\"type\":\"traffic\",\"on\":\"estate\",\"factor\":2}", true)),
						arguments -> scenarios.solve(text(arguments, "estate"), arguments.get("scenario").toString())),
				new Tool("get_plan", "Plan", "A plan, and the etag that a decision on it has to name.", List.of(ESTATE, PLAN), arguments -> plan(plans.plan(text(arguments, "estate"), text(arguments, "plan")))),
				new Tool("dry_run_plan", "Dry run", "What a plan that waits would do now: calls, guards, cost, quota, and how it is undone. Changes nothing.", List.of(ESTATE, PLAN), Scope.OPERATE,
						(arguments, person) -> plans.dryRun(text(arguments, "estate"), text(arguments, "plan"))),
				new Tool("acknowledge_alert", "Acknowledge", "Notes that an alert was seen.", List.of(ESTATE, new Argument("alert", "string", "The id of the alert, from list_alerts", true)), Scope.OPERATE,
						(arguments, person) -> {
							decisions.acknowledge(text(arguments, "estate"), text(arguments, "alert"), person);
							return NOTED;
						}),
				new Tool(Changes.PROPOSE, "Propose capacity",
						"Proposes more members of a group: a plan in the queue that passes all guards, makes nothing, and waits for the approval of somebody else, in any mode. Answers with the plan and its guards, or why there is none.",
						List.of(ESTATE, new Argument("group", "string", "The id of the group", true), new Argument("count", "integer", "How many more", true),
								new Argument("by", "string", "When they are wanted: an ISO instant, or a duration from now such as PT45M; as soon as can be where it is left out", false),
								new Argument("why", "string", "Why, as a sentence for who approves it", true)),
						Scope.PROVISION, (arguments, person) -> decisions.propose(text(arguments, "estate"), text(arguments, "group"), arguments.get("count").asInt(), text(arguments, "by"),
								text(arguments, "why"), person, patience)),
				new Tool("approve_plan", "Approve", "Approves a proposed plan, so that machines are made or removed; all guards run again. What became of it is in the plan.",
						List.of(ESTATE, PLAN, READ_PLAN), Scope.APPROVE, (arguments, person) -> {
							decisions.approve(text(arguments, "estate"), text(arguments, "plan"), text(arguments, "etag"), person);
							return NOTED;
						}),
				new Tool("reject_plan", "Reject", "Rejects a plan that waits; nothing as large is proposed for a while.", List.of(ESTATE, PLAN, READ_PLAN), Scope.APPROVE, (arguments, person) -> {
					decisions.reject(text(arguments, "estate"), text(arguments, "plan"), text(arguments, "etag"), person);
					return NOTED;
				}));
	}

	/** All of them. */
	List<Tool> all() {
		return all;
	}

	private static Map<String, Object> plan(Response answer) {
		return Map.of("plan", answer.getEntity(), "etag", "\"" + answer.getEntityTag().getValue() + "\"");
	}

	private static String text(JsonNode arguments, String name) {
		return arguments.hasNonNull(name) ? arguments.get(name).asText() : null;
	}

	private static TopologyResource.View view(JsonNode arguments) {
		String view = text(arguments, "view");
		return view == null ? TopologyResource.View.live : TopologyResource.View.valueOf(view);
	}
}
