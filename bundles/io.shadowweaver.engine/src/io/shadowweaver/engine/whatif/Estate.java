// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;

/** The estate of a scenario while its changes are applied, one after the other. One thread. */
final class Estate {
	private final Topology topology;
	private final Instant now;
	private Map<String, Member> members = new LinkedHashMap<>();
	private Map<String, List<String>> groups = new HashMap<>();
	/** What this one was made from, whose members it shares until one is changed. */
	private final Estate origin;
	private boolean shares;
	private final Map<String, Load> loads = new HashMap<>();
	private final Map<String, Double> latencyTargets = new HashMap<>();
	private final Set<String> resized = new HashSet<>();
	private final List<Addition> additions = new ArrayList<>();
	private int added;

	/** Members that one change added, with what it says of them. */
	record Addition(String group, List<String> ids, Map<String, Double> capacity, Optional<String> zone, Instant from) {
	}

	/**
	 * @param coming whether what is on its way counts from when it is expected
	 */
	Estate(Base base, boolean coming) {
		origin = null;
		topology = base.state().topology();
		now = base.state().time();
		for (Resource resource : topology.resources().values()) {
			Instant from = switch (resource.lifecycle()) {
			case LIVE -> Instant.MIN;
			case QUEUED, BUILDING -> coming ? resource.construction().orElseThrow().eta() : Instant.MAX;
			default -> Instant.MAX;
			};
			if (from.isBefore(Instant.MAX)) {
				members.put(resource.id(), new Member(resource, from, List.of(), base.state().report().prices().getOrDefault(resource.id(), Price.UNKNOWN)));
			}
		}
		for (ScalingGroup group : topology.groups().values()) {
			groups.put(group.id(), topology.members(group.id()).stream().map(Resource::id).filter(members::containsKey).collect(Collectors.toCollection(ArrayList::new)));
		}
	}

	/** The same estate, to be changed apart from it. */
	Estate(Estate other) {
		origin = other;
		shares = true;
		topology = other.topology;
		now = other.now;
		members = other.members;
		groups = other.groups;
	}

	/** Before members are changed. */
	private void write() {
		if (shares) {
			shares = false;
			members = new LinkedHashMap<>(members);
			Map<String, List<String>> own = new HashMap<>();
			groups.forEach((id, ids) -> own.put(id, new ArrayList<>(ids)));
			groups = own;
		}
	}

	/** Whether all members are those of the estate that this one was made from. */
	boolean isOrigin() {
		return shares;
	}

	/** Whether a group has the very members of the estate that this one was made from. */
	boolean hasOrigin(String group) {
		if (shares) {
			return true;
		}
		List<String> mine = groups.getOrDefault(group, List.of());
		return mine.equals(origin.groups.getOrDefault(group, List.of())) && mine.stream().allMatch(id -> members.get(id) == origin.members.get(id));
	}

	/** Whether all resources of no group are those of the estate that this one was made from. */
	boolean hasLoneOrigin() {
		return shares || members.entrySet().stream().allMatch(entry -> entry.getValue() == origin.members.get(entry.getKey()) || topology.groupOf(entry.getKey()).isPresent());
	}

	/** What is asked of traffic, by subject. */
	Map<String, Load> loads() {
		return loads;
	}

	List<Member> members(String group) {
		return groups.getOrDefault(group, List.of()).stream().map(members::get).toList();
	}

	Iterable<Member> members() {
		return members.values();
	}

	/** What is asked of the traffic of a subject: a group behind its prefix, or a resource. */
	Load load(String subject) {
		return loads.getOrDefault(subject, Load.SAME);
	}

	/** Whether members are of another size than what was learned of them. */
	boolean isResized(String group) {
		return resized.contains(group);
	}

	Optional<Double> latencyTarget(String group) {
		return Optional.ofNullable(latencyTargets.get(group));
	}

	/** What was added, in its order. */
	List<Addition> additions() {
		return additions;
	}

	/** How many of them no later change takes away for good. */
	int left(Addition addition) {
		return (int) addition.ids().stream().map(members::get).filter(member -> member.absences().stream().noneMatch(absence -> absence.until().equals(Instant.MAX))).count();
	}

	/** What there is in the scenario: what carries load later is coming until then, what is gone now is gone. */
	Topology topology() {
		if (shares) {
			return topology;
		}
		Map<String, Resource> changed = new HashMap<>();
		members.forEach((id, member) -> {
			Resource seen = seen(member);
			if (seen != member.resource() || (origin == null ? seen != topology.resources().get(id) : member != origin.members.get(id))) {
				changed.put(id, seen);
			}
		});
		if (changed.isEmpty()) {
			return topology;
		}
		return topology.with(changed.values());
	}

	private Resource seen(Member member) {
		Resource resource = member.resource();
		if (member.from().isAfter(now)) {
			return resource.lifecycle().isComing() ? resource
					: new Resource(resource.id(), resource.kind(), resource.name(), resource.parent(), resource.labels(), resource.capacity(), Lifecycle.PLANNED,
							Optional.of(new Construction("", now, member.from(), member.from(), 0)));
		}
		return member.isThere(now) ? resource : resource.with(Lifecycle.GONE);
	}

	void apply(Change change) throws ScenarioException {
		if (!(change instanceof Change.Traffic || change instanceof Change.Growth || change instanceof Change.LatencyTarget)) {
			write();
		}
		switch (change) {
		case Change.Traffic traffic -> load(traffic.on(), new Load.Part(traffic.factor(), traffic.add(), traffic.from().from(now), traffic.shape(), traffic.span()));
		case Change.Growth growth -> load(growth.on(), new Load.Grown(now, growth.perMonth()));
		case Change.Add add -> add(add.group(), add.count(), add.capacity(), add.zone(), add.price(), add.from().from(now));
		case Change.Remove remove -> change(remove.resource(), member -> member.without(remove.from().from(now), Instant.MAX));
		case Change.Resize resize -> {
			change(resize.resource(), member -> {
				Map<String, Double> capacity = new HashMap<>(member.resource().capacity());
				capacity.putAll(resize.capacity());
				return member.sized(capacity, Price.UNKNOWN);
			});
			topology.groupOf(resize.resource()).ifPresent(resized::add);
		}
		case Change.Scale scale -> scale(scale);
		case Change.InstanceType type -> {
			resized.add(type.group());
			for (String id : group(type.group())) {
				members.computeIfPresent(id, (key, member) -> member.sized(type.capacity(), price(type.price(), member.price())));
			}
		}
		case Change.Loss loss -> lose(loss);
		case Change.PriceOf price -> members.replaceAll((id, member) -> price.label().isEmpty() || member.resource().label(price.label()).equals(price.value())
				? new Member(member.resource(), member.from(), member.absences(), times(member.price(), price.factor())) : member);
		case Change.LatencyTarget target -> {
			group(target.group());
			latencyTargets.put(target.group(), target.seconds());
		}
		}
	}

	private void load(String on, Load.Term term) throws ScenarioException {
		if (on.equals(Change.ESTATE)) {
			// what others call gets its load from them
			Set<String> called = called();
			groups.keySet().stream().map(id -> SeriesId.GROUP_PREFIX + id).filter(id -> !called.contains(id)).forEach(subject -> add(subject, term));
			members.keySet().stream().filter(id -> topology.groupOf(id).isEmpty() && !called.contains(id)).forEach(subject -> add(subject, term));
		} else if (on.startsWith(SeriesId.GROUP_PREFIX)) {
			group(on.substring(SeriesId.GROUP_PREFIX.length()));
			add(on, term);
		} else {
			Member member = member(on);
			Optional<String> group = topology.groupOf(on);
			// what comes to one member is balanced over all: its share of the group changes
			add(group.map(id -> SeriesId.GROUP_PREFIX + id).orElse(on), group.isEmpty() ? term : term.share(share(member, group.get())));
		}
	}

	private void add(String subject, Load.Term term) {
		loads.merge(subject, Load.SAME.with(term), (old, fresh) -> old.with(term));
	}

	/** Those that others call. */
	private Set<String> called() {
		return topology.links().stream().filter(link -> link.kind().equals(Flow.CALLS) && !link.from().equals(link.to())).map(Link::to).collect(Collectors.toSet());
	}

	/** Share of a member in the capacity of its group, by the first metric that the group is scaled on. */
	private double share(Member member, String group) {
		ScalingGroup definition = topology.groups().get(group);
		String metric = definition.demand().isEmpty() ? "" : definition.demand().getFirst().metric();
		double whole = members(group).stream().mapToDouble(one -> one.resource().capacity(metric)).filter(c -> !Double.isNaN(c)).sum();
		double own = member.resource().capacity(metric);
		return whole > 0 && !Double.isNaN(own) ? own / whole : 1. / Math.max(1, members(group).size());
	}

	private void scale(Change.Scale scale) throws ScenarioException {
		List<String> ids = group(scale.group());
		List<String> there = ids.stream().filter(id -> members.get(id).isThere(now)).toList();
		int wanted = (int) Math.min(Change.MOST_MEMBERS, Math.ceil(there.size() * scale.factor() - 1e-9));
		if (wanted > there.size()) {
			add(scale.group(), wanted - there.size(), Map.of(), Optional.empty(), Optional.empty(), now);
		} else {
			there.subList(wanted, there.size()).forEach(id -> members.computeIfPresent(id, (key, member) -> member.without(now, Instant.MAX)));
		}
	}

	private void add(String group, int count, Map<String, Double> capacity, Optional<String> zone, Optional<Double> price, Instant from) throws ScenarioException {
		List<String> ids = group(group);
		List<Member> there = members(group);
		Optional<Member> largest = there.stream().max(Comparator.comparingDouble(member -> member.resource().capacity().values().stream().mapToDouble(Double::doubleValue).sum()));
		if (largest.isEmpty() && capacity.isEmpty()) {
			throw new ScenarioException("the group " + group + " has no member to take the capacity of a new one from: name a capacity");
		}
		Map<String, Double> size = new HashMap<>(largest.map(member -> member.resource().capacity()).orElse(Map.of()));
		size.putAll(capacity);
		Price cheapest = there.stream().map(Member::price).filter(Price::isKnown).min(Comparator.comparingDouble(Price::perHour)).orElse(Price.UNKNOWN);
		List<String> fresh = new ArrayList<>();
		List<String> zones = zone.map(List::of).orElseGet(() -> there.stream().map(member -> member.resource().label(Resource.ZONE)).distinct().sorted().toList());
		for (int i = 0; i < count; i++) {
			String id = "whatif-" + group + "-" + ++added;
			Map<String, String> labels = new HashMap<>(largest.map(member -> member.resource().labels()).orElse(Map.of()));
			labels.remove(Resource.INSTANCE);
			labels.remove(Resource.TOKEN);
			if (!zones.isEmpty()) {
				labels.put(Resource.ZONE, zones.get(i % zones.size()));
			}
			Resource resource = Resource.live(id, largest.map(member -> member.resource().kind()).orElse("vm"), id, labels, size);
			members.put(id, new Member(resource, from, List.of(), price(price, cheapest)));
			ids.add(id);
			fresh.add(id);
		}
		additions.add(new Addition(group, fresh, capacity, zone, from));
	}

	private void lose(Change.Loss loss) throws ScenarioException {
		Instant from = loss.from().from(now);
		Instant until = loss.until().map(when -> when.from(now)).orElse(Instant.MAX);
		if (!until.isAfter(from)) {
			throw new ScenarioException("the loss of " + loss.label() + " " + loss.value() + " ends before it begins");
		}
		List<String> lost = members.values().stream().map(Member::resource).filter(resource -> resource.label(loss.label()).equals(loss.value())).map(Resource::id).toList();
		if (lost.isEmpty()) {
			throw new ScenarioException("nothing has the " + loss.label() + " " + loss.value() + "; there is "
					+ members.values().stream().map(member -> member.resource().label(loss.label())).filter(value -> !value.isEmpty()).distinct().sorted().limit(8)
							.collect(Collectors.collectingAndThen(Collectors.joining(", "), all -> all.isEmpty() ? "no such label" : all)));
		}
		lost.forEach(id -> members.computeIfPresent(id, (key, member) -> member.without(from, until)));
	}

	private void change(String id, UnaryOperator<Member> how) throws ScenarioException {
		member(id);
		members.computeIfPresent(id, (key, member) -> how.apply(member));
	}

	private Member member(String id) throws ScenarioException {
		Member member = members.get(id);
		if (member == null) {
			throw new ScenarioException("there is no resource " + id + (topology.resource(id).isPresent() ? " that carries load" : ""));
		}
		return member;
	}

	private List<String> group(String id) throws ScenarioException {
		List<String> found = groups.get(id);
		if (found == null) {
			throw new ScenarioException("there is no group " + id + "; there is " + groups.keySet().stream().sorted().limit(8).collect(Collectors.joining(", ")));
		}
		return found;
	}

	private static Price price(Optional<Double> wanted, Price like) {
		return wanted.map(perHour -> Price.of(perHour, like.currency())).orElse(like);
	}

	private static Price times(Price price, double factor) {
		return price.isKnown() && factor > 0 ? new Price(price.perHour() * factor, price.currency(), price.source(), price.asOf()) : price;
	}
}
