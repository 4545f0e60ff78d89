"""Turns saved readouts of foreign ministries into faithful, accessible publications."""
