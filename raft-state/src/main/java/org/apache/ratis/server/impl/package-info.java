/// A package of Ratis, opened by one class of ours: see [LeaseOfLeader].
@NullMarked
package org.apache.ratis.server.impl;

import org.jspecify.annotations.NullMarked;
