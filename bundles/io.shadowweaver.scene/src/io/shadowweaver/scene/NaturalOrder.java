// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Comparator;

/** Orders names as people do: {@code web-2} before {@code web-10}. Total: equal only when the texts are equal. */
final class NaturalOrder implements Comparator<String> {
	static final NaturalOrder INSTANCE = new NaturalOrder();

	@Override
	public int compare(String a, String b) {
		int i = 0;
		int j = 0;
		while (i < a.length() && j < b.length()) {
			if (Character.isDigit(a.charAt(i)) && Character.isDigit(b.charAt(j))) {
				int endA = digits(a, i);
				int endB = digits(b, j);
				int order = number(a, i, endA).compareTo(number(b, j, endB));
				if (order != 0) {
					return order;
				}
				i = endA;
				j = endB;
			} else if (a.charAt(i) != b.charAt(j)) {
				return Character.compare(a.charAt(i), b.charAt(j));
			} else {
				i++;
				j++;
			}
		}
		int rest = Integer.compare(a.length() - i, b.length() - j);
		return rest != 0 ? rest : a.compareTo(b);
	}

	private static java.math.BigInteger number(String text, int from, int to) {
		return new java.math.BigInteger(text.substring(from, to));
	}

	private static int digits(String text, int from) {
		int end = from;
		while (end < text.length() && Character.isDigit(text.charAt(end))) {
			end++;
		}
		return end;
	}
}
