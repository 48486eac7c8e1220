// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/**
 * A process that provisions at a real cloud and is killed: it needs some machines more than it has, and ends when they carry traffic.
 * At one failpoint it says so and waits for the signal. It stands in this package because failpoints are visible nowhere else.
 */
public final class KilledAutomation {
	/** Said at the failpoint. */
	public static final String REACHED = "reached ";
	/** Stands for all failpoints, whichever is next. */
	public static final String ANY = "any";
	/** Said of each machine at the end, followed by its token. */
	public static final String MADE = "made ";

	private static final String ACCOUNT = "cloud";
	private static final double SAFE = 80;
	/** So many members are there, so that half as many may be added at once. */
	private static final int BASE = 6;
	private static final int ADDED = 3;
	private static final long[] LEADS = { 5, 10, 15, 30, 60, 360, 1440 };
	/** Each kill costs a call, whether it was made or not. */
	private static final int MOST_CALLS = 30;
	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final Properties what;
	private final CloudProvider cloud;
	private Set<String> running = Set.of();

	private KilledAutomation(Properties what, CloudProvider cloud) {
		this.what = what;
		this.cloud = cloud;
	}

	/**
	 * @param args a file of properties: {@code directory}, {@code estate}, the {@code bundle} of the provider, the {@code offer},
	 *             {@code image} and {@code network} of a machine, settings of the account after {@code account.}, the failpoint
	 *             {@code point}, which may be {@value #ANY}, and at the how many-th time it is one ({@code time}); without a point it lives
	 *             to its end. A call is given
	 *             up after so many seconds of {@code deadline}
	 */
	public static void main(String[] args) throws IOException, PluginException, InterruptedException {
		Properties what = new Properties();
		try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
			what.load(reader);
		}
		Map<String, String> account = new HashMap<>();
		what.stringPropertyNames().stream().filter(name -> name.startsWith("account.")).forEach(name -> account.put(name.substring(8), what.getProperty(name)));
		Path directory = Files.createDirectories(Path.of(what.getProperty("directory")));
		Declared declared = Declared.only(what.getProperty("bundle"), "provider");
		try (CloudProvider cloud = declared.make(CloudProviderFactory.class).open(declared.settings(account), new TestContext(Instant::now, directory))) {
			boolean done = new KilledAutomation(what, cloud).live(directory);
			System.exit(done ? 0 : 1);
		}
	}

	private boolean live(Path directory) throws InterruptedException {
		ProvisioningSettings.Calls usual = ProvisioningSettings.defaults().calls();
		ProvisioningSettings settings = ProvisioningSettings.defaults().with(new ProvisioningSettings.Calls(Duration.ofSeconds(Long.parseLong(what.getProperty("deadline", "60"))), Duration.ofSeconds(1), MOST_CALLS,
				Duration.ofSeconds(1), Duration.ofSeconds(5), usual.deadlineFactor(), usual.minDeadline(), usual.priorMedian(), usual.priorP95(), usual.removeFailed()));
		Provisioner provisioner = new Provisioner(what.getProperty("estate"), directory, List.of(new Account(ACCOUNT, what.getProperty("bundle"), cloud)), settings, Instant::now, System::nanoTime,
				task -> Thread.ofPlatform().daemon().start(task), Optional.empty(), System::nanoTime, death());
		Instant end = Instant.now().plus(LONGEST);
		ProvisioningView view = null;
		while (Instant.now().isBefore(end)) {
			traffic();
			view = provisioner.step(Instant.now(), List.of(group(running)), running::contains);
			List<QueueEntry> ready = view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).toList();
			if (ready.size() == ADDED && view.queue().stream().allMatch(QueueEntry::isFinal)) {
				ready.forEach(entry -> System.out.println(MADE + entry.token()));
				provisioner.close();
				return true;
			}
			Thread.sleep(500);
		}
		System.out.println(view);
		return false;
	}

	/** Stands for a balancer: what runs carries traffic; while the cloud does not answer, what ran before. */
	private void traffic() {
		try {
			running = cloud.list().stream().filter(machine -> machine.state() == Instance.State.RUNNING && isOurs(machine)).map(Instance::resource).collect(Collectors.toSet());
		} catch (PluginException e) {
			System.out.println(e.getMessage());
		}
	}

	private boolean isOurs(Instance machine) {
		return !machine.token().isEmpty() && what.getProperty("estate").equals(machine.tags().get(io.shadowweaver.api.provision.CreateRequest.ESTATE));
	}

	private FailPoint death() {
		String deadly = what.getProperty("point", "");
		int[] left = { Integer.parseInt(what.getProperty("time", "1")) };
		return point -> {
			if ((point.equals(deadly) || deadly.equals(ANY)) && --left[0] == 0) {
				System.out.println(REACHED + point);
				System.out.flush();
				try {
					Thread.sleep(LONGEST);
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}
		};
	}

	private GroupView group(Set<String> running) {
		Template template = new Template(ACCOUNT, List.of(what.getProperty("offer")), what.getProperty("image"), what.getProperty("network", ""), "", Map.of("tier", "web"), "");
		ScalingGroup group = new ScalingGroup("web", "Web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, BASE + ADDED, 1,
				List.of(template), Placement.ANYWHERE, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO);
		List<Resource> members = new ArrayList<>();
		for (int i = 0; i < BASE; i++) {
			members.add(member("base-" + i));
		}
		running.forEach(resource -> members.add(member(resource)));
		InstanceCapacity capacity = new InstanceCapacity("web", ACCOUNT, what.getProperty("offer"), "requests", SAFE, SAFE, InstanceCapacity.Basis.DECLARED, Instant.now());
		double demand = (BASE + ADDED) * SAFE * .93;
		float[] values = new float[LEADS.length * Levels.COUNT];
		Arrays.fill(values, (float) demand);
		Bands bands = new Bands(Instant.now(), Arrays.stream(LEADS).map(minutes -> minutes * 60_000).toArray(), values);
		return new GroupView(group, Mode.AUTO, members, List.of(capacity), List.of(new DemandView("requests", bands, demand, .3, .8)), 0);
	}

	private static Resource member(String id) {
		return Resource.live(id, "vm", id, Map.of("tier", "web"), Map.of("requests", SAFE / .8));
	}
}
