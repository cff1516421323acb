"""Rapallo: when two states sign, who is rattled, and why?"""
