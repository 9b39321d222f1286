"""Next-best products: LightFM on leave-one-out contexts, with exact reasons and a gate.

Data flows one way::

    tables → dataset → attributes, contexts, crosses → material → factors, softmax
                     → stages → mixing → gauge → model          (fitting joins them)
    model, peers, readiness, gate → recommend (products for a client)
                                → ranking   (clients for a product)
    training → storage; evaluate measures every method on hidden holdings

The model is a sum over sparse features. ``model.score_block`` and ``model.share_block`` score a
block of clients on arrays alone.
"""
