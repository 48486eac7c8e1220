// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;

/** Takes a plan apart into single calls. The same plan gives the same tokens, in every process. */
final class Intents {
	/** After so long somebody should look whether a machine is still needed. */
	private static final Duration REVIEW_AFTER = Duration.ofDays(30);

	private Intents() {
	}

	/**
	 * @param estate the id of the estate
	 * @param plan   the plan
	 * @param draft  from which it came
	 * @param view   its group
	 * @param offers by account
	 * @param ours   our machines in the group, among them those that the plan removes
	 * @param now    the estate's time
	 */
	static List<Intent> of(String estate, Plan plan, Draft draft, GroupView view, Map<String, List<Offer>> offers, List<Entry> ours, Instant now) {
		return of(estate, plan, draft, view, offers, ours, REVIEW_AFTER, now);
	}

	/**
	 * The same, reviewed after another time.
	 *
	 * @param review after so long somebody should look whether a machine is still needed
	 */
	static List<Intent> of(String estate, Plan plan, Draft draft, GroupView view, Map<String, List<Offer>> offers, List<Entry> ours, Duration review, Instant now) {
		List<Intent> intents = new ArrayList<>();
		for (Action action : plan.actions()) {
			switch (action.kind()) {
			case CREATE -> {
				for (int i = 0; i < action.count(); i++) {
					intents.add(create(estate, plan, draft, view, action, offers.getOrDefault(action.provider(), List.of()), i, now.plus(review), now));
				}
			}
			case SET_SIZE -> {
				String token = token(estate, plan.id(), action, "");
				intents.add(new Intent(token, plan.id(), plan.group(), action.kind(), action.provider(), "", "", action.count(), "", "",
						Entry.NEW + token, request(estate, token, view.group(), action, now.plus(review)), kind(view), "", Map.of(), now, plan.startBy(), plan.neededBy(), plan.expires(), Price.UNKNOWN,
						draft.metric(), draft.oldCapacity(), 0));
			}
			case DELETE -> ours.stream().filter(entry -> entry.resource().equals(action.resource())).findFirst()
					.ifPresent(entry -> intents.add(delete(estate, plan.id(), entry, entry.instance(), now, plan.expires())));
			case RESIZE -> throw new IllegalArgumentException("plan " + plan.id() + ": no provider can resize");
			}
		}
		return intents;
	}

	/** The removal of a machine of ours. */
	static Intent delete(String estate, String plan, Entry entry, String instance, Instant now, Instant expires) {
		Action action = new Action(Action.Kind.DELETE, entry.intent().provider(), 1, "", entry.intent().zone(), entry.resource());
		return new Intent(token(estate, plan, action, entry.token()), plan, entry.intent().group(), Action.Kind.DELETE,
				entry.intent().provider(), "", entry.intent().zone(), 1, entry.token(), instance, entry.resource(), null,
				entry.intent().kindOfThing(), entry.intent().region(), Map.of(), now, now, now, expires, entry.intent().price(), "",
				Double.NaN, 0);
	}

	private static Intent create(String estate, Plan plan, Draft draft, GroupView view, Action action, List<Offer> offers, int index,
			Instant reviewBy, Instant now) {
		ScalingGroup group = view.group();
		Optional<Offer> offer = offers.stream().filter(one -> one.id().equals(action.offer())).findFirst();
		String token = token(estate, plan.id(), action, Integer.toString(index));
		return new Intent(token, plan.id(), group.id(), action.kind(), action.provider(), action.offer(), action.zone(), 1, "", "",
				Entry.NEW + token, request(estate, token, group, action, reviewBy), kind(view), offer.map(Offer::region).filter(region -> !region.isEmpty()).orElseGet(() -> region(view, action.zone())), offer.map(Offer::capacity).orElse(Map.of()), now, plan.startBy(),
				plan.neededBy(), plan.expires(), offer.map(Offer::price).orElse(Price.UNKNOWN),
				draft.metric(), draft.oldCapacity(), draft.adds(action));
	}

	/** By which the journal knows a machine whose token another one has already. */
	static String twin(Instance machine) {
		return machine.token() + "~" + machine.id();
	}

	/**
	 * What would have been journalled of a machine, had we made it.
	 *
	 * @param token by which the journal knows it from now on
	 */
	static Intent adopted(String estate, String plan, String account, String token, Instance machine, String group, List<Offer> offers, Instant now) {
		Optional<Offer> offer = offers.stream().filter(one -> one.id().equals(machine.offer())).findFirst();
		Map<String, String> tags = new HashMap<>(machine.tags());
		tags.put(CreateRequest.ESTATE, estate);
		CreateRequest request = new CreateRequest(machine.token(), machine.name(), group, machine.offer(), machine.zone(), "", "", "", tags, "", now.plus(REVIEW_AFTER));
		return new Intent(token, plan, group, Action.Kind.CREATE, account, machine.offer(), machine.zone(), 1, "", "", Entry.NEW + token, request, "vm", machine.region(),
				offer.map(Offer::capacity).orElse(Map.of()), now, now, now, now, offer.map(Offer::price).orElse(Price.UNKNOWN), "", Double.NaN, 0);
	}

	private static CreateRequest request(String estate, String token, ScalingGroup group, Action action, Instant reviewBy) {
		Template template = group.template(action.provider());
		Map<String, String> tags = new HashMap<>(template.tags());
		tags.put(CreateRequest.ESTATE, estate);
		return new CreateRequest(token, group.id() + "-" + token.substring(token.length() - 6), group.id(), action.offer(), action.zone(),
				template.image(), template.network(), template.userData(), tags, template.registration(), reviewBy);
	}

	private static String token(String estate, String plan, Action action, String which) {
		return "sw-" + StateHash.hex(String.join("|", estate, plan, action.kind().name(), action.provider(), action.offer(), action.zone(),
				action.resource(), Integer.toString(action.kind() == Action.Kind.SET_SIZE ? action.count() : 1), which), 24);
	}

	private static String kind(GroupView view) {
		return view.liveMembers().stream().map(Resource::kind).findFirst().orElse("vm");
	}

	/** The region of the members in the same zone, or else of any member. */
	private static String region(GroupView view, String zone) {
		return view.liveMembers().stream().filter(member -> member.label(Resource.ZONE).equals(zone)).findFirst()
				.or(() -> view.liveMembers().stream().findFirst()).map(member -> member.label(Resource.REGION)).orElse("");
	}
}
