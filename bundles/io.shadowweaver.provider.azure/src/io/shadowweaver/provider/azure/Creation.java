// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountException;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.Faults;
import io.shadowweaver.kit.rest.RestAnswer;
import io.shadowweaver.kit.rest.RestCall;

/**
 * Makes an interface and then its machine, and takes the interface back where the machine is refused. What bears another token is never written; an
 * interface that an earlier call of the same token has left is written again, so that its time is that of the last call.
 */
final class Creation {
	private static final int CONFLICT = 409;
	private static final int EXISTS = 412;

	private final Arm arm;
	private final Machines machines;
	private final NetworkInterfaces interfaces;
	private final Launch launch;
	private final Faults faults;
	private final InstantSource clock;
	private final Changes changes;

	/** @param changes is told of each creation that Azure has taken */
	Creation(Arm arm, Machines machines, NetworkInterfaces interfaces, Launch launch, Faults faults, InstantSource clock, Changes changes) {
		this.arm = arm;
		this.machines = machines;
		this.interfaces = interfaces;
		this.launch = launch;
		this.faults = faults;
		this.clock = clock;
		this.changes = changes;
	}

	/** The machine of a wish: that of its token where it is there, otherwise a new one. */
	Instance make(CreateRequest wish) throws PluginException {
		String what = "'" + wish.name() + "' cannot be made";
		try {
			Optional<JsonNode> there = machines.ofToken(wish.token());
			if (there.isPresent()) {
				return machines.instance(there.get());
			}
			faults.checkClock();
			there = checkName(wish);
			if (there.isPresent()) {
				return machines.instance(there.get());
			}
			launch.checkImage(wish);
		} catch (IOException e) {
			throw faults.changing(what, e);
		}
		try {
			arm.complete(launch.networkInterface(wish, clock.instant()));
		} catch (IOException e) {
			throw undone(wish, faults.changing(what, e), isAnswered(e, CONFLICT));
		}
		try {
			return machines.instance(machine(wish));
		} catch (IOException e) {
			throw undone(wish, faults.changing(what, e), true);
		}
	}

	/**
	 * Looks whether machine and interface of a wish may be written.
	 *
	 * @return the machine that an earlier call of the same token has made; empty where there is none
	 * @throws RefusedException where something of that name is not the wish's: a call would change it
	 */
	Optional<JsonNode> checkName(CreateRequest wish) throws IOException, RefusedException {
		String name = Launch.name(wish);
		Optional<JsonNode> machine = machines.named(name);
		if (machine.isPresent()) {
			if (!isOf(machine.get(), wish)) {
				throw launch.cannot(wish, "its name " + name + " is taken by a machine with another token");
			}
			if (!machines.isHere(machine.get())) {
				throw launch.cannot(wish, "its machine " + name + " stands in another location");
			}
			return machine;
		}
		Optional<JsonNode> nic = interfaces.find(name);
		if (nic.isPresent() && !isOf(nic.get(), wish)) {
			throw launch.cannot(wish, "its name " + Names.networkInterface(name) + " is taken by a network interface with another token");
		}
		if (nic.isPresent() && !NetworkInterfaces.isLeft(nic.get())) {
			throw launch.cannot(wish, "another machine has its network interface " + Names.networkInterface(name));
		}
		return Optional.empty();
	}

	private static boolean isOf(JsonNode json, CreateRequest wish) {
		return wish.token().equals(Machines.tags(json).get(CreateRequest.TOKEN));
	}

	private static boolean isAnswered(IOException e, int status) {
		return Faults.answer(e).filter(answer -> answer.status() == status).isPresent();
	}

	private JsonNode machine(CreateRequest wish) throws IOException {
		RestCall call = launch.machine(wish, false);
		RestAnswer answer;
		try {
			answer = arm.send(call);
		} catch (IOException e) {
			if (!isAnswered(e, EXISTS)) {
				throw e;
			}
			return come(wish).orElseThrow(() -> e);
		}
		if (answer.body().path("name").asText().isEmpty()) {
			throw new IOException("the answer names no machine");
		}
		changes.created(Launch.name(wish), arm.operation(call, answer), clock.instant());
		return answer.body();
	}

	/** The machine of a wish that has come since it was looked for; empty where that is another's. */
	private Optional<JsonNode> come(CreateRequest wish) throws IOException {
		try {
			return machines.named(Launch.name(wish)).filter(made -> isOf(made, wish));
		} catch (IOException e) {
			// not as the answer to the call: that the question was declined does not mean that nothing is there
			throw new IOException("whose the machine of its name is cannot be found out: " + e.getMessage());
		}
	}

	/** A refusal means that nothing is there, so that the interface goes too; where it does not, the outcome is open. */
	private PluginException undone(CreateRequest wish, PluginException failure, boolean mayBeThere) {
		if (!mayBeThere || !(failure instanceof RefusedException)) {
			return failure;
		}
		try {
			interfaces.remove(Launch.name(wish));
			return failure;
		} catch (IOException e) {
			return new AccountException(Faults.kind(e), failure.getMessage() + " " + faults.failed("Its network interface is left, since it cannot be removed", e).getMessage(), null);
		}
	}
}
