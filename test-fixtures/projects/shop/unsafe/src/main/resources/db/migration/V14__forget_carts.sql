-- Carts live in the session store since the relaunch.
DELETE FROM carts;
